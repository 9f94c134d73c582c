#pragma once

#include <optional>

#include "base/json.h"
#include "evaluation/sampling_error.h"
#include "evaluation/uncertainty.h"

namespace canvass {

// Adds to the object that evaluationToJson made of the same evaluation: "intervals", "resamples",
// "seed", "method", "resampled", "differences", "achieved_share_intervals", the intervals of groups
// and of equivalent sample sizes. docs/metrics.md has every key.
void addUncertainty(Json& json, const ComparedEvaluation& compared, const Uncertainty& uncertainty);

// {"items", "standard_errors": {METRIC: F}, "bias": {METRIC: F}}
Json samplingErrorToJson(const SamplingError& error);

}  // namespace canvass
