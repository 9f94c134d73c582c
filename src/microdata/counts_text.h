#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace canvass {

// The sum of the counts, and a list for a note: "a: 3; b: 2", with "and others" after the first 20.
std::pair<std::size_t, std::string> countsText(const std::map<std::string, std::size_t>& counts);

// A list for a note: "a; b", with "and 3 more" after the first 20.
std::string listText(const std::vector<std::string>& names);

}  // namespace canvass
