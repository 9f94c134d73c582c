#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "stats/item_metrics.h"
#include "survey/survey.h"

namespace canvass {

// What a metric is expected to score if the prediction is a simple random sample of the observed
// distribution itself.
struct SampleScore {
  double mean = 0.0;           // may be infinite
  double standardError = 0.0;  // of the mean, from simulation; 0 if all samples were summed up
};

// When samples are summed up exactly, and how many are drawn if they are not.
struct SamplingEffort {
  double differentSamples = 1000;  // up to this many, all of them are summed up
  std::size_t draws = 200;         // at least 2
};

// Expected scores of samples of `respondents` (at least 1) from `observed`, for the metrics at the
// given indices of itemMetrics(), in their order. Nothing if a metric does not apply to the
// question. A metric that is infinite for a sample of one mind (kl, if more than one option is
// chosen) has an infinite mean, as such a sample always can happen.
std::vector<std::optional<SampleScore>> sampleScores(
    const Question& question, const Distribution& observed, std::uint64_t respondents,
    std::span<const std::size_t> metrics, const SamplingEffort& effort, RandomStream& random);

}  // namespace canvass
