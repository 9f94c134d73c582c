#include "survey/letters.h"

#include <fmt/format.h>

#include "base/error.h"

namespace canvass {

void requireFewOptions(std::size_t options, const std::string& where) {
  if (options <= maxOptions) return;
  throw Error(fmt::format("there are {} options, but there can be at most {}", options, maxOptions),
              where);
}

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
