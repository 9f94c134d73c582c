#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// The byte offset of the first byte that is not part of well-formed UTF-8 (overlong forms,
// surrogates and values past U+10FFFF are ill-formed), or nothing if the text is well formed.
std::optional<std::size_t> findInvalidUtf8(std::string_view text);

// Throws Error at `where`, naming the byte, if the text of a file is not well-formed UTF-8.
void requireUtf8(std::string_view text, const std::string& where);

// Appends the UTF-8 bytes of one code point.
void appendUtf8(std::string& text, char32_t codePoint);

// The code points of well-formed UTF-8; throws Error otherwise.
std::vector<char32_t> decodeUtf8(std::string_view text);

// A character of a text, or a byte of it that is not part of well-formed UTF-8.
struct Letter {
  std::string_view bytes;             // of the text
  std::optional<char32_t> codePoint;  // nothing for such a byte
};
// The first of a text that is not empty.
Letter firstLetter(std::string_view text);

// The text as people may safely read it, well-formed UTF-8: what would steer a terminal instead of
// being read has its number written out. Those are control characters but for line feeds (\x1b,
// \u009b), the separators of lines and the controls of the direction of writing (\u202e, Unicode's
// Bidi_Control), and bytes that are not UTF-8 (\xff). A text that is visible already is unchanged.
std::string visible(std::string_view text);

// Columns that the text takes in a terminal once it is visible: wide East Asian characters count
// two, combining marks and line feeds none.
std::size_t displayWidth(std::string_view text);
std::size_t displayWidth(const Letter& letter);

}  // namespace canvass
