#pragma once

#include <string_view>

namespace canvass {

// Takes the next line off the front of `text`, without its "\n" or "\r\n".
std::string_view takeLine(std::string_view& text);

// The text without any of these characters at its ends.
std::string_view trimmed(std::string_view text, std::string_view characters);

}  // namespace canvass
