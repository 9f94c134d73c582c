#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "microdata/variable.h"

namespace canvass {

// In lower or upper case.
bool isSameName(std::string_view a, std::string_view b);

// The first variable that has one of the names, in lower or upper case; earlier names first.
std::optional<std::size_t> findColumn(const std::vector<Variable>& variables,
                                      std::initializer_list<std::string_view> names);

}  // namespace canvass
