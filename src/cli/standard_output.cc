#include "cli/standard_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <iostream>
#include <system_error>

#include "cli/messages.h"

namespace canvass {

void keepStandardStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest free number is the stream's own. For reading only: writing to it fails.
    if (::fcntl(stream, F_GETFD) == -1) [[maybe_unused]]
      const int taken = ::open("/dev/null", O_RDONLY);
  }
}

// up.
bool isStandardOutput(const std::string& file) {
  struct stat own {};
  struct stat other {};
  if (file == "-" || file == "/dev/stdout") return true;
  return ::fstat(STDOUT_FILENO, &own) == 0 && ::stat(file.c_str(), &other) == 0 &&
         !S_ISCHR(own.st_mode) && own.st_dev == other.st_dev && own.st_ino == other.st_ino;
}

int finishStandardOutput(int exitCode) {
  errno = 0;
  const bool isFlushed = std::fflush(stdout) == 0 && std::ferror(stdout) == 0 && std::cout.flush();
  if (isFlushed) return exitCode;
  const std::string reason = errno == 0 ? "" : ": " + std::generic_category().message(errno);
  std::clearerr(stdout);
  tell(fmt::format("canvass: standard output: what was printed is not complete{}", reason));
  return exitCode == 0 ? 1 : exitCode;
}

}  // namespace canvass
