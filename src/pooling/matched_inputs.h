#pragma once

#include <cstddef>
#include <vector>

#include "pooling/stacking.h"

namespace canvass {

// An item and what each input says of it, in the order of its question's options.
struct MatchedInputs {
  std::size_t item;  // index into the survey's items
  std::vector<Distribution> predicted;
};

struct InputMatching {
  std::vector<MatchedInputs> matched;  // in the survey's order
  std::vector<Skipped> skipped;        // the other items, each once, with the first reason
};

// The observed items that all inputs have predicted. Predictions of anything else are ignored.
InputMatching matchInputs(const Survey& observed, const std::vector<NamedPredictions>& inputs);

// The items with a uniform distribution for an observation: matching requires one, and only checks
// that it is there.
Survey withPlaceholders(const Survey& items);

}  // namespace canvass
