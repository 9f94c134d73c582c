#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// How a drafted mapping writes things.

// A text in quotes.
std::string tomlText(std::string_view text);
// A text for a comment: a line end in it would end the comment.
std::string comment(std::string_view text);
// "[1, 2, \"x\"]"
std::string codeList(const std::vector<std::string>& codes);
// "code = 1", or "codes = [1, 2]".
std::string codeKey(const std::vector<std::string>& codes);

}  // namespace canvass
