#pragma once

#include "engine/scoring/scorer.h"

namespace canvass {

// Where the time of a prediction went, compared with what the processor could do.
struct Timing {
  ScoringWork work;
  double loadSeconds = 0.0;
  double bareRate = 0.0;  // of the model's matrix products alone, operations per second

  double rate() const;  // of products over all computing, operations per second
};

// Runs the model's bare products for about a second.
Timing timingOf(const LanguageModel& model, const ScoringWork& work, double loadSeconds);

}  // namespace canvass
