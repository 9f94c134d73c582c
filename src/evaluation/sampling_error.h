#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "evaluation/evaluation.h"
#include "survey/survey.h"

namespace canvass {

// What the survey's own sampling does to a mean figure.
struct SamplingEffect {
  double standardError = 0.0;  // of the mean, from respondents alone: the items are taken as fixed
  // How much higher (or lower) the mean is expected to be than against the true shares: a
  // distance to an estimate is larger than to what it estimates.
  double bias = 0.0;
};

struct SamplingError {
  std::size_t items = 0;                               // with a sample size, which it is over
  std::vector<std::optional<SamplingEffect>> effects;  // by itemMetrics()
};

struct SamplingErrorOptions {
  std::optional<double> respondents = {};  // assumed for items that have neither n_eff nor n
  std::size_t draws = 100'000;             // over all items; 8 to 200 an item
  std::uint64_t seed = 0;
};

// A parametric bootstrap: each item's observed distribution is drawn anew, n_eff (else n, else what
// the options say) respondents from itself, and scored against the same prediction. The spread of
// the scores gives the standard error, their mean less the score itself the bias (Efron &
// Tibshirani 1993, chapters 6 and 10). Items are taken as independent, although a population's
// share respondents. Nothing if no item has a sample size; nothing for a metric that is infinite
// or that no such item has.
std::optional<SamplingError> samplingError(const Survey& observed, const Evaluation& evaluation,
                                           const SamplingErrorOptions& options = {});

}  // namespace canvass
