#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "intervals/coverage.h"
#include "intervals/interval_model.h"
#include "predictions/predictions.h"

namespace canvass {

struct IntervalTask {
  Survey survey;            // with the observed answers to learn from
  Predictions predictions;  // of these items, and of those that get intervals
  IntervalPlan plan;
  std::uint64_t seed = 1;  // of the folds of the check
};

struct PredictedIntervals {
  // Those that were not observed, with intervals; there may be none.
  Predictions predictions;
  double quantile = 0.0;
  // Of the items learned from, each with an interval made without it; nothing if there are too few
  // groups to leave some out.
  std::optional<IntervalCheck> check;
  // The median over those: as many respondents, drawn at random, err as much.
  double respondentsAsGoodAs = 0.0;
  // As how many every prediction may be taken, with the plan's level (intervals/trusted_size.h).
  std::optional<double> trustedRespondents;
  double meanWidth = 0.0;  // over those and their options
  std::vector<Skipped> skipped;
};

// Throws Error if no item was both observed and predicted, or too few for the level.
PredictedIntervals predictIntervals(const IntervalTask& task);

}  // namespace canvass
