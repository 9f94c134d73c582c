#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostics.h"
#include "evaluation/compared_evaluation.h"
#include "evaluation/reliability.h"
#include "evaluation/sampling_error.h"
#include "evaluation/uncertainty.h"
#include "intervals/coverage.h"
#include "predictions/named_predictions.h"
#include "stats/crossed_bootstrap.h"
#include "survey/survey.h"

namespace canvass {

// All that is said about one run: its figures next to those of the baselines and of real samples,
// how much of them may be chance, and how far its probabilities are what they say.
struct RunEvaluation : ComparedEvaluation {
  Uncertainty uncertainty;
  Calibration calibration;
  Diagnostics diagnostics;
  std::optional<SamplingError> samplingError = {};  // nothing if no item has a sample size
  std::optional<IntervalCheck> intervals = {};      // if predictions have any
};

struct RunEvaluationOptions {
  std::size_t neighbors = usualNeighbors;
  std::optional<double> respondents = {};  // assumed for items that have neither n_eff nor n
  std::string cutoff = {};                 // the models' (DiagnosticsOptions)
  BootstrapOptions bootstrap = {};
  std::size_t bins = 10;  // of the reliability curves
  // Metrics (indices of itemMetrics()) for which an equivalent sample size is searched: each takes
  // seconds.
  std::vector<std::size_t> equivalents = {};
};

// Of each run, in their order; all share one bootstrap, and what real samples reach is computed
// once for runs of the same items. `training`: may be null. Throws Error naming a run of which no
// item has both an observed and a predicted distribution.
std::vector<RunEvaluation> evaluateRuns(const Survey& observed,
                                        const std::vector<NamedPredictions>& runs,
                                        const Survey* training,
                                        const RunEvaluationOptions& options = {});

}  // namespace canvass
