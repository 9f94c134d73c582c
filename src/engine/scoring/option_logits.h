#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "engine/forest/forest.h"
#include "engine/scoring/encoded_prompt.h"

namespace canvass {

// The label tokens of the slots that a forest answers, padded to the longest list.
struct LabelTokens {
  at::Tensor tokens;   // [answers, options] int64, 0 beyond a slot's own options
  at::Tensor present;  // [answers, options] bool
};

LabelTokens labelTokensOf(const Forest& forest, const std::vector<EncodedPrompt>& prompts);

}  // namespace canvass
