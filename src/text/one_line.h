#pragma once

#include <string>
#include <string_view>

namespace canvass {

// The text on one line: white space, separators of lines and control characters become single
// spaces, none at its ends. Bytes that are not UTF-8 remain.
std::string onOneLine(std::string_view text);

}  // namespace canvass
