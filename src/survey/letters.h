#pragma once

#include <cstddef>
#include <string>

namespace canvass {

// The number of options that a question can have.
inline constexpr std::size_t maxOptions = 200;

// Throws Error for a larger one, at `where`.
void requireFewOptions(std::size_t options, const std::string& where = {});

// "A" for the first option, "B" for the second, "AA" for the 27th: the label of one that has none
// of its own. `option`: below maxOptions.
std::string letterLabel(std::size_t option);

}  // namespace canvass
