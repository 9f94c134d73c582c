#include "base/utf8.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include "base/error.h"

namespace canvass {
namespace {

// Reads one code point at `position`; returns its length in bytes, or 0 if it is ill-formed.
std::size_t readCodePoint(std::string_view text, std::size_t position, char32_t& codePoint) {
  utf8proc_int32_t value = 0;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + position;
  const auto length =
      utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - position), &value);
  if (length <= 0) return 0;
  codePoint = static_cast<char32_t>(value);
  return static_cast<std::size_t>(length);
}

bool isControl(char32_t codePoint) {
  return codePoint < 0x20 || (codePoint >= 0x7F && codePoint <= 0x9F);
}

bool isSeparator(char32_t codePoint) { return codePoint == 0x2028 || codePoint == 0x2029; }

// Unicode's property Bidi_Control.
bool turnsDirection(char32_t codePoint) {
  return codePoint == 0x061C || codePoint == 0x200E || codePoint == 0x200F ||
         (codePoint >= 0x202A && codePoint <= 0x202E) ||
         (codePoint >= 0x2066 && codePoint <= 0x2069);
}

bool isVisible(const Letter& letter) {
  if (!letter.codePoint) return false;
  const char32_t codePoint = *letter.codePoint;
  if (codePoint == U'\n') return true;
  return !isControl(codePoint) && !isSeparator(codePoint) && !turnsDirection(codePoint);
}

// "\x1b" of a byte, "\u202e" of a longer character.
std::string numberOf(const Letter& letter) {
  if (letter.bytes.size() == 1) {
    return fmt::format("\\x{:02x}", static_cast<unsigned char>(letter.bytes.front()));
  }
  return fmt::format("\\u{:04x}", static_cast<std::uint32_t>(*letter.codePoint));
}

}  // namespace

std::optional<std::size_t> findInvalidUtf8(std::string_view text) {
  char32_t codePoint = 0;
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t length = readCodePoint(text, position, codePoint);
    if (length == 0) return position;
    position += length;
  }
  return std::nullopt;
}

void requireUtf8(std::string_view text, const std::string& where) {
  const auto offset = findInvalidUtf8(text);
  if (!offset) return;
  throw Error(fmt::format("the text is not UTF-8 at byte {}", *offset), where,
              "save the file as UTF-8");
}

void appendUtf8(std::string& text, char32_t codePoint) {
  utf8proc_uint8_t bytes[4];
  const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(codePoint), bytes);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

std::vector<char32_t> decodeUtf8(std::string_view text) {
  std::vector<char32_t> codePoints;
  codePoints.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    char32_t codePoint = 0;
    const std::size_t length = readCodePoint(text, position, codePoint);
    if (length == 0) throw Error("the text is not UTF-8 at byte " + std::to_string(position));
    codePoints.push_back(codePoint);
    position += length;
  }
  return codePoints;
}

Letter firstLetter(std::string_view text) {
  char32_t codePoint = 0;
  const std::size_t length = readCodePoint(text, 0, codePoint);
  if (length == 0) return {text.substr(0, 1), std::nullopt};
  return {text.substr(0, length), codePoint};
}

std::string visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Letter letter = firstLetter(text);
    text.remove_prefix(letter.bytes.size());
    if (isVisible(letter)) {
      result += letter.bytes;
    } else {
      result += numberOf(letter);
    }
  }
  return result;
}

std::size_t displayWidth(const Letter& letter) {
  if (!isVisible(letter)) return numberOf(letter).size();
  return static_cast<std::size_t>(
      utf8proc_charwidth(static_cast<utf8proc_int32_t>(*letter.codePoint)));
}

std::size_t displayWidth(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Letter letter = firstLetter(text);
    text.remove_prefix(letter.bytes.size());
    width += displayWidth(letter);
  }
  return width;
}

}  // namespace canvass
