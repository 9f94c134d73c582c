#pragma once

#include <string>
#include <vector>

namespace canvass {

// What to call runs that are named by their files: the stems, or the whole names if two stems are
// equal.
std::vector<std::string> runTitles(const std::vector<std::string>& names);

}  // namespace canvass
