#pragma once

#include <cstdint>
#include <vector>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// Predictors that know what a model cannot: real answers. They show what figures mean.

// Shares of a simple random sample of `respondents` (at least 1) from each observed distribution:
// what asking that many people would have yielded. No prediction if nothing was observed. An
// item's draws depend on the seed and its ids only.
Predictions predictRespondents(const Survey& items, std::uint64_t respondents, std::uint64_t seed);

// The observed answers of another population to the same question: a predictor that knows the
// question but not the population it is asked of, the control of arXiv 2502.07068. Every population
// is given another one, the same for all questions, in a random circle through all. The other's
// answers come from the surveys given; no prediction if none of them does. Throws Error if the
// items are of fewer than two populations, or options differ between surveys.
Predictions predictOtherPopulation(const std::vector<const Survey*>& known, const Survey& items,
                                   std::uint64_t seed);

}  // namespace canvass
