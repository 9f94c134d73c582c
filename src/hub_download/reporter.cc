#include "hub_download/reporter.h"

#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace canvass {
namespace {

constexpr std::chrono::milliseconds betweenMessages(100);

}  // namespace

void Reporter::say(const DownloadMessage& message) {
  const std::string line = downloadLine(message);
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) ::_exit(1);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

void Reporter::begin(std::uint64_t total, std::uint64_t done) {
  total_ = total;
  done_ = done;
  say(DownloadProgress{"", done_, total_});
  lastSaid_ = Clock::now();
}

void Reporter::add(const std::string& file, std::uint64_t bytes) {
  done_ += bytes;
  if (Clock::now() - lastSaid_ < betweenMessages) return;
  lastSaid_ = Clock::now();
  say(DownloadProgress{file, done_, total_});
}

}  // namespace canvass
