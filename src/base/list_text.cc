#include "base/list_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

// Up to the next comma, without the blanks at its end.
std::string takePlain(std::string_view& rest) {
  const std::string_view name = rest.substr(0, rest.find(','));
  rest.remove_prefix(name.size());
  return std::string(name.substr(0, name.find_last_not_of(' ') + 1));
}

std::string takeQuoted(std::string_view& rest, std::string_view list) {
  std::string name;
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"' && !rest.substr(i + 1).starts_with('"')) {
      rest.remove_prefix(i + 1);
      return name;
    }
    if (rest[i] == '"') ++i;
    name += rest[i];
  }
  throw Error("a quote is not closed", std::string(list), "add a double quote after the name");
}

}  // namespace

std::string listText(const std::vector<std::string>& names) {
  const std::size_t listed = std::min(names.size(), namesToList);
  const auto end = names.begin() + static_cast<std::ptrdiff_t>(listed);
  const std::string list = fmt::format("{}", fmt::join(names.begin(), end, "; "));
  return names.size() > listed
             ? fmt::format("{}; and {} more", list, grouped(names.size() - listed))
             : list;
}

std::vector<std::string> namesTyped(std::string_view list) {
  std::vector<std::string> names;
  for (std::string_view rest = list; !rest.empty();) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    std::string name = rest.starts_with('"') ? takeQuoted(rest, list) : takePlain(rest);
    if (!name.empty()) names.push_back(std::move(name));
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (rest.starts_with(',')) {
      rest.remove_prefix(1);
    } else if (!rest.empty()) {
      throw Error(fmt::format("a quote is followed by \"{}\"", rest), std::string(list),
                  "put a comma between names, and double a quote within one");
    }
  }
  return names;
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
