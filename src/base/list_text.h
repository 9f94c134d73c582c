#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace canvass {

// How many names a message lists, so that a large file does not fill the screen.
inline constexpr std::size_t namesToList = 20;

// A list for a message: "a; b", with "; and 3 more" after the first namesToList.
std::string listText(const std::vector<std::string>& names);

// "2 WHAT: a; b", added to the notes. Nothing if there is no name.
void noteList(const std::vector<std::string>& names, const std::string& what,
              std::vector<std::string>& notes);

}  // namespace canvass
