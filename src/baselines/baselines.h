#pragma once

#include <cstddef>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// The simple predictors that every evaluation shows; registry.h has all of them as predictors like
// any other. A baseline never sees the item that it predicts, even if the training survey holds
// it: that item alone is left out.

// How many populations nearest_populations averages by default.
inline constexpr std::size_t usualNeighbors = 5;

// Every option equally likely.
Predictions predictUniform(const Survey& training, const Survey& items);

// The mean of the distributions that the other populations of the training survey have for the
// question. No prediction if there is none.
Predictions predictQuestionMean(const Survey& training, const Survey& items);

// The mean of the `neighbors` populations that answer most like the target population, by mean
// js_similarity over the training questions both have, among those that have the question (of
// equally similar ones the first in the survey; if fewer have it, all of them). No prediction if
// the target population, or the question, has nothing to compare.
Predictions predictNearestPopulations(const Survey& training, const Survey& items,
                                      std::size_t neighbors = usualNeighbors);

struct NeighborChoice {
  std::size_t neighbors;
  double similarity;  // mean js_similarity of the training items that they predict
};

// How many neighbors predict the training items best, each item from all others; 1 to `maxCount`.
// Items to be predicted that the training survey holds too are excluded. Throws Error if that
// leaves no item with a neighbor.
NeighborChoice chooseNeighbors(const Survey& training, const Survey& items,
                               std::size_t maxCount = 20);

}  // namespace canvass
