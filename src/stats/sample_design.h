#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "stats/replicate_weights.h"

namespace canvass {

// A stage of sampling below the first one: units were drawn within the units of the stage above.
// One entry per respondent in each list, in the order of respondents.
struct SamplingStage {
  std::vector<std::uint32_t> strata;    // empty: one stratum in each unit of the stage above
  std::vector<std::uint32_t> clusters;  // units; empty: each respondent is one
  std::vector<double> populationSize;   // as SampleDesign's; empty: not known
};

// How respondents came into a survey. The order of respondents is the same in all of it.
struct SampleDesign {
  std::vector<double> weights;          // of each respondent, >= 0
  std::vector<std::uint32_t> strata;    // of each respondent; empty: one stratum
  std::vector<std::uint32_t> clusters;  // primary sampling units, numbered within or across strata;
                                        // empty: each respondent is one
  // For the finite population correction: how many primary sampling units the respondent's stratum
  // has in the population, or, if no number exceeds 1, the sampled fraction of them. Empty: there
  // is no correction, and stages below the first one add nothing.
  std::vector<double> populationSize = {};
  std::vector<SamplingStage> lowerStages = {};
  // If given, every variance comes from them, and the rest of the design is not used for it.
  std::shared_ptr<const ReplicateWeights> replicates = {};
};

}  // namespace canvass
