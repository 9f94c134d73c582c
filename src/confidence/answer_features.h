#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "confidence/answer_text.h"

namespace canvass {

// Turns answers into numbers that a linear model can learn from.
class AnswerFeatures {
 public:
  // Column and value of what is not 0, ascending; a row's squares sum to about 1, or to 0.
  using Row = std::vector<std::pair<std::size_t, double>>;

  virtual ~AnswerFeatures() = default;

  // How many columns rows have values in.
  virtual std::size_t columns() const = 0;
  // One row per text.
  virtual std::vector<Row> rows(const std::vector<AnswerText>& texts) const = 0;
};

}  // namespace canvass
