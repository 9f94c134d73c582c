#include "import/published/python_text.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "base/error.h"
#include "base/utf8.h"

namespace canvass {
namespace {

constexpr std::uint32_t lastCodePoint = 0x10FFFF;

// The character that a backslash and one letter stand for.
std::optional<char> simpleEscape(char letter) {
  switch (letter) {
    case '\\':
    case '\'':
    case '"':
      return letter;
    case 'a':
      return '\a';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return std::nullopt;
  }
}

// The hexadecimal digits that follow \x, \u or \U; 0 for other letters.
std::size_t hexadecimalDigits(char letter) {
  return letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
}

bool isOctal(char c) { return c >= '0' && c <= '7'; }

// Appends the code point that `digits` encode, and moves the cursor past them.
void appendNumber(std::string_view digits, int base, PythonCursor& cursor, std::string& text) {
  std::uint32_t codePoint = 0;
  const char* end = digits.data() + digits.size();
  const auto [read, error] = std::from_chars(digits.data(), end, codePoint, base);
  const bool isSurrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
  if (digits.empty() || error != std::errc() || read != end || codePoint > lastCodePoint ||
      isSurrogate) {
    cursor.fail("the backslash is not followed by a character's number");
  }
  appendUtf8(text, static_cast<char32_t>(codePoint));
  cursor.position += digits.size();
}

// The cursor is after the backslash.
void appendEscaped(PythonCursor& cursor, std::string& text) {
  if (cursor.position == cursor.text.size()) cursor.fail("a quote is not closed");
  const char letter = cursor.text[cursor.position];
  if (const auto simple = simpleEscape(letter)) {
    text += *simple;
    ++cursor.position;
  } else if (letter == '\n') {
    ++cursor.position;
  } else if (const std::size_t digits = hexadecimalDigits(letter)) {
    ++cursor.position;
    const std::string_view rest = cursor.text.substr(cursor.position, digits);
    appendNumber(rest.size() == digits ? rest : std::string_view(), 16, cursor, text);
  } else if (isOctal(letter)) {
    std::size_t length = 1;
    while (length < 3 && cursor.position + length < cursor.text.size() &&
           isOctal(cursor.text[cursor.position + length])) {
      ++length;
    }
    appendNumber(cursor.text.substr(cursor.position, length), 8, cursor, text);
  } else {
    cursor.fail(fmt::format("\\{} is not an escape sequence", letter));
  }
}

}  // namespace

void PythonCursor::fail(const std::string& what) const {
  throw Error(fmt::format("{} is not a Python literal at column {}: {}", name, position + 1, what));
}

std::string parsePythonText(PythonCursor& cursor) {
  const std::size_t begin = cursor.position;
  const char quote = cursor.text[cursor.position++];
  std::string text;
  while (cursor.position < cursor.text.size()) {
    const char c = cursor.text[cursor.position];
    if (c == '\n') cursor.fail("a line ends inside quotes");
    ++cursor.position;
    if (c == quote) return text;
    if (c == '\\') {
      appendEscaped(cursor, text);
    } else {
      text += c;
    }
  }
  cursor.position = begin;
  cursor.fail("a quote is not closed");
}

}  // namespace canvass
