#pragma once

#include <string>
#include <string_view>

namespace canvass {

// Takes the next line off the front of `text`, without its "\n" or "\r\n".
std::string_view takeLine(std::string_view& text);

// The text without any of these characters at its ends.
std::string_view trimmed(std::string_view text, std::string_view characters);

// The text with one blank for each stretch of blanks, tabs and line ends, and none at its ends.
std::string withSingleBlanks(std::string_view text);

// The text with the letters A to Z as small ones, and all else as it is.
std::string asciiLowerCase(std::string_view text);

}  // namespace canvass
