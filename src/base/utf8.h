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

// Columns that the text takes in a terminal: wide East Asian characters count two, combining
// marks none.
std::size_t displayWidth(std::string_view text);

}  // namespace canvass
