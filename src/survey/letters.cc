#include "survey/letters.h"

#include <fmt/format.h>

#include "base/error.h"

namespace canvass {

std::string letterLabel(std::size_t option) {
  if (option >= maxLetters)
    throw Error(fmt::format("there is no letter for option {}", option + 1));
  return {static_cast<char>('A' + option)};
}

}  // namespace canvass
