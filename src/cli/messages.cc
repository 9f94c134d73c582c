#include "cli/messages.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/utf8.h"

namespace canvass {
namespace {

constexpr std::size_t usualWidth = 80;    // of a terminal that does not say how wide it is
constexpr std::size_t longestLine = 100;  // longer ones are hard to read
constexpr std::size_t hang = 2;           // where one note ends and the next begins

void put(std::string_view bytes, std::FILE* stream) {
  std::fwrite(bytes.data(), 1, bytes.size(), stream);
}

void putSentences(const std::string& text, std::FILE* stream, std::size_t indent) {
  const auto width = terminalWidth(::fileno(stream));
  const std::string shown = visible(text);
  put((width ? wrappedLines(shown, *width, indent) : shown) + "\n", stream);
}

constexpr std::string_view startOfLine = "\r\x1b[K";  // and erases what is there

}  // namespace

void say(const std::string& text) { putSentences(text, stdout, 0); }

// After what was printed before it, also where both go to one file.
void tell(const std::string& text) {
  std::fflush(stdout);
  putSentences(text, stderr, hang);
}

void print(const std::string& text) { put(printed(text, terminalStyle()), stdout); }

void printForPrograms(const std::string& text) { put(text, stdout); }

// A line that is wider than the terminal could not be removed again.
void redrawLine(const std::string& text) {
  const std::size_t width = terminalWidth(STDERR_FILENO).value_or(usualWidth) - 1;
  put(std::string(startOfLine) + visible(shortened(text, width, {})), stderr);
  std::fflush(stderr);
}

void clearLine() { put(startOfLine, stderr); }

TerminalStyle terminalStyle() {
  TerminalStyle style;
  const auto width = terminalWidth(STDOUT_FILENO);
  if (!width) return style;
  style.color = std::getenv("NO_COLOR") == nullptr;
  style.width = *width;
  return style;
}

std::optional<std::size_t> terminalWidth(int stream) {
  if (::isatty(stream) == 0) return std::nullopt;
  winsize size{};
  const bool isKnown = ::ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return isKnown ? std::min<std::size_t>(size.ws_col, longestLine) : usualWidth;
}

}  // namespace canvass
