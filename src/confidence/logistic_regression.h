#pragma once

#include <vector>

#include "confidence/answer_features.h"

namespace canvass {

struct LogisticModel {
  std::vector<double> weights;  // by column
  double intercept = 0.0;

  // The probability of 1, strictly between 0 and 1.
  double probability(const AnswerFeatures::Row& row) const;
};

// Logistic regression on targets between 0 and 1: weights that minimize the sum of cross-entropies
// plus ridge/2 times their squares (the intercept's not), by Newton's method. `ridge` above 0.
LogisticModel fitLogistic(const std::vector<AnswerFeatures::Row>& rows,
                          const std::vector<double>& targets, std::size_t columns, double ridge);

}  // namespace canvass
