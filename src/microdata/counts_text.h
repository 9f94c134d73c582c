#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace canvass {

// The sum of the counts, and a list for a note as listText makes it: "a: 3; b: 2".
std::pair<std::size_t, std::string> countsText(const std::map<std::string, std::size_t>& counts);

}  // namespace canvass
