#include "cli/messages.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

constexpr std::size_t usualWidth = 80;    // of a terminal that does not say how wide it is
constexpr std::size_t longestLine = 100;  // longer ones are hard to read
constexpr std::size_t hang = 2;           // where one note ends and the next begins

void put(const std::string& text, std::FILE* stream, std::size_t indent) {
  const auto width = terminalWidth(::fileno(stream));
  const std::string lines = (width ? wrappedLines(text, *width, indent) : text) + "\n";
  std::fputs(lines.c_str(), stream);
}

}  // namespace

void say(const std::string& text) { put(text, stdout, 0); }

// After what was printed before it, also where both go to one file.
void tell(const std::string& text) {
  std::fflush(stdout);
  put(text, stderr, hang);
}

std::optional<std::size_t> terminalWidth(int stream) {
  if (::isatty(stream) == 0) return std::nullopt;
  winsize size{};
  const bool isKnown = ::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return isKnown ? std::min<std::size_t>(size.ws_col, longestLine) : usualWidth;
}

}  // namespace canvass
