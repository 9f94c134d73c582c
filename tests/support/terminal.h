#pragma once

#include <string>
#include <vector>

namespace canvass::test {

// What the built program `canvass` writes to a terminal of 80 columns, both streams of it, as the
// terminal gets it: lines end in "\r\n".
std::string runOnTerminal(const std::vector<std::string>& arguments);

}  // namespace canvass::test
