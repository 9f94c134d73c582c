#include "survey/letters.h"

#include <fmt/format.h>

#include "base/error.h"

namespace canvass {

std::string letterLabel(std::size_t option) {
  if (option >= maxOptions) {
    throw Error(fmt::format("option {} is one too many: there can be {}", option + 1, maxOptions));
  }
  constexpr std::size_t letters = 26;
  const auto letter = [](std::size_t index) { return static_cast<char>('A' + index); };
  if (option < letters) return {letter(option)};
  return {letter(option / letters - 1), letter(option % letters)};
}

}  // namespace canvass
