#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// What simple predictors reach on the same items: a model's score means little without them. A
// baseline is a predictor like any other. It never sees the item that it predicts, even where the
// training survey holds it: that item alone is left out.

struct BaselineOptions {
  std::size_t neighbours = 5;  // how many populations nearest_populations averages; at least 1
};

struct Baseline {
  std::string_view name;   // its key in JSON; its predictions' model is "baseline:" + name
  std::string_view title;  // its words in a table
  bool needsTraining;
  Predictions (*predict)(const Survey& training, const Survey& items, const BaselineOptions&);
};

// Every option equally likely.
Predictions predictUniform(const Survey& training, const Survey& items,
                           const BaselineOptions& options = {});

// The mean of the distributions that the other populations of the training survey have for the
// question. No prediction where there is none.
Predictions predictQuestionMean(const Survey& training, const Survey& items,
                                const BaselineOptions& options = {});

// The mean of the `neighbours` populations that answer most like the target population, by mean
// js_similarity over the training questions both have, among those that have the question (of
// equally similar ones the first in the survey; where fewer have it, all of them). No prediction
// where the target population, or the question, has nothing to compare.
Predictions predictNearestPopulations(const Survey& training, const Survey& items,
                                      const BaselineOptions& options = {});

struct NeighbourChoice {
  std::size_t neighbours;
  double similarity;  // mean js_similarity of the training items that they predict
};

// How many neighbours predict the training items best, each item from all others; 1 to `most`.
// Items to be predicted that the training survey holds too have no part in it. Throws Error where
// that leaves no item with a neighbour.
NeighbourChoice chooseNeighbours(const Survey& training, const Survey& items,
                                 std::size_t most = 20);

// All of the baselines above, from the simplest to the best informed.
std::span<const Baseline> baselines();

}  // namespace canvass
