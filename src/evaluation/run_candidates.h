#pragma once

#include <vector>

#include "evaluation/run_comparison.h"

namespace canvass {

// A run that takes part in a comparison, with its evaluation over the items that all have.
struct RunCandidate {
  ComparedRun run;
  Evaluation evaluation;
};

// The runs given, and the baselines if there is a training survey, over the items that all have,
// the best first. Errors, and which runs become absent, are as for compareRuns.
std::vector<RunCandidate> rankedCandidates(const Survey& observed,
                                           const std::vector<NamedPredictions>& runs,
                                           const Survey* training,
                                           const RunComparisonOptions& options,
                                           std::vector<AbsentRun>& absent);

}  // namespace canvass
