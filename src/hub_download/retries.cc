#include "hub_download/retries.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace canvass {
namespace {

constexpr int maxFailures = 6;
constexpr long maxWait = 60;     // seconds, whatever a server asks for
constexpr long worthSaying = 2;  // seconds

// 0, 1, 2, 4, 8 seconds.
long usualWait(int failures) { return failures <= 1 ? 0 : 1L << (failures - 2); }

}  // namespace

void Retries::waitAfter(const PassingFailure& failure) {
  if (++failures_ >= maxFailures) throw failure.error;
  const long asked = failure.waitSeconds;
  const long seconds = std::min(asked >= 0 ? asked : usualWait(failures_), maxWait);
  if (seconds >= worthSaying) {
    reporter_.say(
        DownloadNote{fmt::format("{}; trying again in {} s", failure.error.fault(), seconds)});
  }
  std::this_thread::sleep_for(std::chrono::seconds(seconds));
}

}  // namespace canvass
