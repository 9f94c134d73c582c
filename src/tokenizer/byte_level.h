#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace canvass {

// The byte-level alphabet: each of the 256 bytes is written as one visible character, 188 of them
// as themselves (Latin-1), the rest as U+0100 and up in their order.
std::string bytesToAlphabet(std::string_view bytes);

// The bytes of a token, or nothing if it has a character outside the alphabet.
std::optional<std::string> alphabetToBytes(std::string_view token);

}  // namespace canvass
