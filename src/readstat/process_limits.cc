#include "readstat/process_limits.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

namespace canvass {
namespace {

constexpr std::size_t baseMemory = std::size_t{2} << 30;
constexpr std::size_t baseSeconds = 60;
constexpr std::size_t bytesPerSecond = 1'000'000;  // far slower than any intact file is read

void limit(decltype(RLIMIT_AS) what, std::size_t amount) {
  const rlimit value{amount, amount};
  ::setrlimit(what, &value);
}

}  // namespace

void limitThisProcess(std::size_t fileBytes) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::signal(SIGPIPE, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, baseSeconds + fileBytes / bytesPerSecond);
#if !defined(__SANITIZE_ADDRESS__)  // which reserves far more than any limit
  limit(RLIMIT_AS, baseMemory + 4 * fileBytes);
#endif
}

}  // namespace canvass
