#include "text/one_line.h"

#include "base/utf8.h"

namespace canvass {
namespace {

bool isSpaceOrControl(const Letter& letter) {
  if (!letter.codePoint) return false;
  const char32_t character = *letter.codePoint;
  return character <= U' ' || (character >= 0x7F && character <= 0xA0) || character == 0x2028 ||
         character == 0x2029;
}

}  // namespace

std::string onOneLine(std::string_view text) {
  std::string line;
  bool space = false;
  while (!text.empty()) {
    const Letter letter = firstLetter(text);
    text.remove_prefix(letter.bytes.size());
    if (isSpaceOrControl(letter)) {
      space = true;
      continue;
    }
    if (space && !line.empty()) line += ' ';
    space = false;
    line += letter.bytes;
  }
  return line;
}

}  // namespace canvass
