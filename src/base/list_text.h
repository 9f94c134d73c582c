#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// How many names a message lists, so that a large file does not fill the screen.
inline constexpr std::size_t namesToList = 20;

// A list for a message: "a; b", with "; and 3 more" after the first namesToList.
std::string listText(const std::vector<std::string>& names);

// The names in a list that a user typed: separated by commas, without the blanks around them; a
// name with a comma is in double quotes, and a quote in it is doubled, as in a CSV file. Empty
// names are left out. Throws Error if a quote is not closed or followed by anything but a comma.
std::vector<std::string> namesTyped(std::string_view list);

// "1,234,567".
std::string grouped(std::size_t number);

// "1 item", "1,234 items".
std::string counted(std::size_t number, std::string_view noun);

// "2 NOUNs WHAT: a; b", added to the notes. Nothing if there is no name.
void noteList(const std::vector<std::string>& names, std::string_view noun, std::string_view what,
              std::vector<std::string>& notes);

}  // namespace canvass
