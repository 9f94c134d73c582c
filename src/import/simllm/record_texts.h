#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canvass::simllm {

// The text of each element of the JSON list that `text` is, in order, so that a fault can be named
// by its record. Throws Error naming `file` and the byte where the text as a whole is no UTF-8
// (with the record that the byte is in) or no JSON, or where it is no list.
std::vector<std::string_view> recordTexts(std::string_view text, const std::string& file);

}  // namespace canvass::simllm
