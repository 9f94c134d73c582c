#pragma once

#include <string>
#include <string_view>

namespace canvass {

// A text as a field of a CSV file (RFC 4180): in double quotes if it has a comma, a quote or a line
// break, or a blank at either end, which readers keep only inside quotes.
std::string csvField(std::string_view text);

}  // namespace canvass
