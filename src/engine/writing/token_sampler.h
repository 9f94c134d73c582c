#pragma once

#include <cstddef>
#include <span>

#include "base/random.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

struct SamplingOptions {
  double temperature = 1.0;  // logits are divided by it; 0 takes the likeliest token
  // Only the likeliest tokens that together have at least this probability are drawn from, in
  // (0, 1] (nucleus sampling, Holtzman et al. 2020).
  double topP = 1.0;
};

// A token drawn from the logits of the whole vocabulary. Of equally likely ones at temperature 0
// the first; at any other, one uniform number is used.
TokenId sampleToken(std::span<const float> logits, const SamplingOptions& options,
                    RandomStream& random);

}  // namespace canvass
