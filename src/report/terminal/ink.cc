#include <fmt/format.h>

#include <array>

#include "base/utf8.h"
#include "report/terminal/terminal_text.h"

namespace canvass {
namespace {

constexpr char inkMark = '\xFF';  // the ink's number follows

// By Ink; that of plain ends another.
constexpr std::array escapeSequences = {"\x1b[0m",  "\x1b[1m",  "\x1b[2m", "\x1b[1;32m",
                                        "\x1b[36m", "\x1b[33m", "\x1b[33m"};

char numberOf(Ink ink) { return static_cast<char>('0' + static_cast<int>(ink)); }

bool isInkNumber(char digit) {
  return digit >= '0' && digit < static_cast<char>('0' + escapeSequences.size());
}

}  // namespace

std::string inked(std::string_view text, Ink ink, const TerminalStyle& style) {
  if (!style.color || ink == Ink::plain || text.empty()) return std::string(text);
  return fmt::format("{0}{1}{2}{0}{3}", inkMark, numberOf(ink), text, numberOf(Ink::plain));
}

std::string printed(std::string_view text, const TerminalStyle& style) {
  if (!style.color) return visible(text);
  std::string result;
  std::size_t mark = 0;
  while ((mark = text.find(inkMark)) != std::string_view::npos) {
    result += visible(text.substr(0, mark));
    const std::string_view number = text.substr(mark + 1, 1);
    const bool isInk = !number.empty() && isInkNumber(number.front());
    result += isInk ? escapeSequences[static_cast<std::size_t>(number.front() - '0')]
                    : visible(text.substr(mark, 1));
    text.remove_prefix(mark + (isInk ? 2 : 1));
  }
  return result + visible(text);
}

}  // namespace canvass
