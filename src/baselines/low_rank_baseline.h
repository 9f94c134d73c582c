#pragma once

#include <cstdint>
#include <vector>

#include "baselines/low_rank_model.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

struct LowRankBaselineOptions {
  std::vector<std::size_t> ranks = {5, 10, 20};
  std::vector<double> ridges = {1.0, 2.0, 4.0, 8.0};
  std::size_t folds = 4;  // of the cross-validation, at least 2
  std::uint64_t seed = 0;
};

struct LowRankPredictions {
  Predictions predictions;
  LowRankSettings settings;  // of the options' ranks and ridges, the best
  double similarity = 0.0;   // mean js_similarity that they reached in cross-validation
};

// Predicts by a LowRankModel of the training survey, with rank and ridge chosen by cross-validation
// over its items. Items to be predicted that the training survey holds too are left out of all of
// it. No prediction if that leaves nothing of the population or of the question. Throws Error if
// fewer than `folds` items are left, and if a question has other options in training.
LowRankPredictions predictLowRank(const Survey& training, const Survey& items,
                                  const LowRankBaselineOptions& options = {});

}  // namespace canvass
