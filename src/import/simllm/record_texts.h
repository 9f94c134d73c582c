#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace canvass::simllm {

// The text of each element of the JSON list that `text` is, in order, so that a fault can be named
// by its record. Throws Error naming `file` and the byte if the text as a whole is not UTF-8 (with
// the record that the byte is in) or not JSON, or if it is not a list.
std::vector<std::string_view> recordTexts(std::string_view text, const std::string& file);

}  // namespace canvass::simllm
