#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "stats/evaluation.h"
#include "survey/survey.h"

namespace canvass {

// How many real respondents would estimate as well as a prediction does.
struct EquivalentSampleSize {
  enum class Kind {
    found,      // samples of `respondents` score the same
    fewer,      // even samples of `respondents`, 1, score better
    more,       // even samples of `respondents`, the most that were tried, score worse
    undefined,  // there is no such size: `reason` says why
  };
  Kind kind = Kind::undefined;
  double respondents = 0.0;
  std::size_t items = 0;  // whose mean figures are compared
  std::string reason;
};

struct EquivalentSampleSizeOptions {
  std::uint64_t most = 1'000'000;  // respondents
  // Random samples over all items, for each size tried; few enough for a search to take seconds.
  std::size_t draws = 50'000;
  std::uint64_t seed = 0;
};

// For a metric (its place in itemMetrics()) the size of simple random samples from the observed
// distributions whose mean score over the evaluation's items equals the evaluation's. The size need
// not be whole: between two sizes that were tried, scores are taken to be linear in 1 / sqrt(n).
// It doubles the size until samples score as well, then bisects. Definition and limits stand in
// docs/metrics.md.
EquivalentSampleSize equivalentSampleSize(const Survey& observed, const Evaluation& evaluation,
                                          std::size_t metric,
                                          const EquivalentSampleSizeOptions& options = {});

}  // namespace canvass
