#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "microdata/variable.h"

namespace canvass {

// Which records of a file to use: `wave == 2023 and age >= 18`, `country in ("Peru", "Chile")`,
// `not (q1 is missing)`.
//
// A comparison is of a variable with a number or a text. A text is the value's label or its code; a
// number is its code. What is missing compares with nothing: neither the comparison nor its
// opposite is true of it, and the record is left out. An order (<, <=, >, >=) also takes codes that
// are missing by the file's own rules for missing.
class Condition {
 public:
  // Throws Error with the position for what is not a condition, for a variable that the file does
  // not have and for a text that is neither a label nor a code of a variable with labels, with the
  // names that may have been meant.
  Condition(std::string_view text, const std::vector<Variable>& variables);
  Condition(Condition&&) noexcept;
  Condition& operator=(Condition&&) noexcept;
  ~Condition();

  // Indices of the variables that it needs.
  const std::vector<std::size_t>& columns() const { return columns_; }
  // `values`: of those columns. Nothing if something missing leaves it open.
  std::optional<bool> holds(std::span<const Value> values) const;

  class Node;

 private:
  std::vector<std::size_t> columns_;
  std::unique_ptr<Node> root_;
};

}  // namespace canvass
