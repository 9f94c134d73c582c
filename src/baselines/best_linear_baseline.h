#pragma once

#include <cstdint>
#include <vector>

#include "baselines/best_linear_model.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

struct BestLinearBaselineOptions {
  std::vector<double> shrinkages = {0.03, 0.1, 0.3};
  std::size_t folds = 4;  // of the cross-validation, at least 2
  std::uint64_t seed = 0;
};

struct BestLinearPredictions {
  Predictions predictions;
  BestLinearSettings settings;  // of the options' shrinkages, the best
  double similarity = 0.0;      // mean js_similarity that it reached in cross-validation
};

// Predicts by a BestLinearModel of the training survey, with the shrinkage chosen by
// cross-validation over its items. Items to be predicted that the training survey holds too are
// left out of all of it. No prediction if that leaves nothing of the population or of the question.
// Throws Error if fewer than `folds` items are left, and if a question has other options in
// training.
BestLinearPredictions predictBestLinear(const Survey& training, const Survey& items,
                                        const BestLinearBaselineOptions& options = {});

}  // namespace canvass
