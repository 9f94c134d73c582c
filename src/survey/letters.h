#pragma once

#include <cstddef>
#include <string>

namespace canvass {

// The number of options that can have a letter each.
inline constexpr std::size_t maxLetters = 26;

// "A" for the first option, "B" for the second: the label of one that has none of its own.
// `option`: below maxLetters.
std::string letterLabel(std::size_t option);

}  // namespace canvass
