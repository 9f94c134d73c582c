#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// How a drafted mapping writes things.

// A text in quotes; what could not be seen has its number.
std::string tomlText(std::string_view text);
// A text for a comment: on one line and visible, since TOML allows no control characters there.
std::string comment(std::string_view text);
// "[1, 2, \"x\"]"
std::string codeList(const std::vector<std::string>& codes);
// "code = 1", or "codes = [1, 2]".
std::string codeKey(const std::vector<std::string>& codes);

}  // namespace canvass
