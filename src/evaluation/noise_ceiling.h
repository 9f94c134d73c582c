#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "evaluation/evaluation.h"
#include "evaluation/sample_scores.h"
#include "survey/survey.h"

namespace canvass {

struct NoiseCeilingOptions {
  std::optional<double> respondents;  // assumed for items that have neither n_eff nor n; at least 1
  SamplingEffort effort = {};         // for each item
  std::uint64_t seed = 0;             // an item's draws depend on it and on the item's ids only
};

// Where the items' sample sizes come from: how many have n_eff, how many only n, and how many were
// given one by NoiseCeilingOptions::respondents.
struct SampleSizeSources {
  std::size_t effective = 0;
  std::size_t respondents = 0;
  std::size_t assumed = 0;
};

// What samples as large as the survey's own score in place of a prediction, on the items of an
// evaluation whose sample size is known, and how near the evaluation came to it. All vectors follow
// itemMetrics(). Definitions are in docs/metrics.md.
struct NoiseCeiling {
  Evaluation ceiling;                  // scores are expectations; `predicted` is what was observed
  Evaluation uniform;                  // the uniform prediction on the same items
  std::vector<double> standardErrors;  // of its means, from simulation; 0 if all are exact
  SampleSizeSources sources;
  // (figure - uniform) / (ceiling - uniform) of the means over those items; nothing if a mean is
  // infinite or over no item, or the ceiling is not better than uniform.
  std::vector<std::optional<double>> achieved;
};

// Nothing if no item of the evaluation has a sample size. n_eff (else n, else what the options say)
// is rounded to a whole number of respondents, at least 1. Items without are named in
// `ceiling.skipped`. Throws Error if the options specify less than 1 respondent.
std::optional<NoiseCeiling> noiseCeiling(const Survey& observed, const Evaluation& evaluation,
                                         const NoiseCeilingOptions& options = {});

// The same ceiling for another evaluation of exactly the items that it was computed for: only
// `achieved` differs.
NoiseCeiling ceilingFor(NoiseCeiling known, const Survey& observed, const Evaluation& evaluation);

}  // namespace canvass
