#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "stats/sample_design.h"

namespace canvass {

// One stage of a design: which sampling unit each respondent is in, numbered along the strata.
struct UnitsOfStage {
  // Of a stratum, which lies within one unit of the stage above.
  struct Stratum {
    std::uint32_t units = 0;  // in the design
    // Of the sum of squares of the units' totals around their mean: n / (n - 1), less the finite
    // population correction, times the sampled fractions of the stages above.
    double scale = 1.0;
    double fraction = 0.0;  // of its units that were sampled; 0: not known
  };

  std::vector<std::uint32_t> unitOf;     // by respondent
  std::vector<std::uint32_t> stratumOf;  // by unit
  std::vector<Stratum> strata;
};

// The stages that a variance adds up, the first one first: those below a stage whose sampled
// fraction is not known add nothing and are not among them. Units of each stage are numbered along
// those of the stage above: respondents in the order of the last stage's units are in the order of
// all. Throws Error, naming the respondent (counted from 1), if lists have other lengths than the
// weights, and for a population size that is not one: not positive, smaller than the sample's, or
// different within a stratum.
std::vector<UnitsOfStage> unitsOf(const SampleDesign& design);

}  // namespace canvass
