#include "base/list_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace canvass {

std::string listText(const std::vector<std::string>& names) {
  const std::size_t listed = std::min(names.size(), namesToList);
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(listed);
  const std::string list = fmt::format("{}", fmt::join(names.begin(), end, "; "));
  return names.size() > listed
             ? fmt::format("{}; and {} more", list, grouped(names.size() - listed))
             : list;
}

std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t position = digits.size(); position > 3;) digits.insert(position -= 3, 1, ',');
  return digits;
}

std::string counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

void noteList(const std::vector<std::string>& names, std::string_view noun, std::string_view what,
              std::vector<std::string>& notes) {
  if (names.empty()) return;
  notes.push_back(fmt::format("{} {}: {}", counted(names.size(), noun), what, listText(names)));
}

}  // namespace canvass
