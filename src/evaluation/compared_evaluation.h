#pragma once

#include <optional>
#include <string>
#include <vector>

#include "baselines/baselines.h"
#include "baselines/registry.h"
#include "evaluation/equivalent_sample_size.h"
#include "evaluation/evaluation.h"
#include "evaluation/noise_ceiling.h"

namespace canvass {

struct BaselineEvaluation {
  const Baseline* baseline;
  Evaluation evaluation;
};

// An evaluation next to those of the baselines on exactly the items that it counts. If a baseline
// has no prediction for some of them, its `skipped` names them and its denominators are smaller.
// Next to them, if the caller computed it, what real samples reach.
struct ComparedEvaluation {
  Evaluation evaluation;
  std::vector<BaselineEvaluation> baselines;
  std::optional<NoiseCeiling> ceiling = {};
  std::vector<std::optional<EquivalentSampleSize>> equivalents = {};  // by itemMetrics(), or empty
  std::string name = {};  // what the caller calls this predictor: its file
};

// `training`: may be null; then only the baselines that need none are evaluated. `neighbors`: that
// the nearest-populations baseline averages.
ComparedEvaluation evaluateWithBaselines(const Survey& observed, const Predictions& predictions,
                                         const Survey* training,
                                         std::size_t neighbors = usualNeighbors);

}  // namespace canvass
