#include "microdata/draft/column_names.h"

#include <algorithm>

namespace canvass {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

bool isSameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::optional<std::size_t> findColumn(const std::vector<Variable>& variables,
                                      std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      if (isSameName(variables[i].name, name)) return i;
    }
  }
  return std::nullopt;
}

}  // namespace canvass
