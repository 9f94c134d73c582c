#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "nn/attention.h"

namespace canvass {

// What the decoder reads: tokens of many prompts laid in one row, each with its position in its
// own prompt, and which rows may attend to which (by the segments' masks).
struct PackedTokens {
  at::Tensor tokens;     // [n] int64
  at::Tensor positions;  // [n] int64
  std::vector<AttentionSegment> segments;  // every row asks: queryCount == keyCount
  // The rows whose hidden state is read, ascending, and the segments with only these as queries.
  at::Tensor answerRows;  // [answers] int64
  std::vector<AttentionSegment> answerSegments;
};

}  // namespace canvass
