#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pooling/stacking.h"
#include "predictions/named_predictions.h"
#include "survey/survey.h"

namespace canvass {

// Combines the predictions of several predictors into one.
struct CombineTask {
  Survey validation;                               // observed items, which determine the weights
  std::vector<NamedPredictions> predictions = {};  // of validation items and of others
  std::vector<std::string> baselines = {};         // to include, as findBaseline takes them
  std::optional<Survey> training = {};             // what baselines learn from
  std::optional<Survey> items = {};  // to predict; else all predicted ones but validation items
  std::uint64_t seed = 0;            // of folds and of what baselines draw
};

struct Combination {
  Stacking stacking;
  CombinedPredictions combined;
};

// Throws Error if baselines are to learn from nothing, if there is no item to predict or none that
// every input predicts, and as fitStacking and combine do.
Combination combinePredictors(const CombineTask& task);

}  // namespace canvass
