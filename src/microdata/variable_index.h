#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "microdata/variable.h"

namespace canvass {

// Finds a file's variables by name, in a time that does not grow with their number.
class VariableIndex {
 public:
  // `variables` must outlive the index, and keep their names.
  explicit VariableIndex(const std::vector<Variable>& variables) {
    for (std::size_t i = 0; i < variables.size(); ++i) indices_.emplace(variables[i].name, i);
  }

  // The first of this name.
  std::optional<std::size_t> find(std::string_view name) const {
    const auto found = indices_.find(name);
    return found == indices_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::unordered_map<std::string_view, std::size_t> indices_;
};

}  // namespace canvass
