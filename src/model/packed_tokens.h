#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "nn/attention_layout.h"

namespace canvass {

// What the decoder reads: tokens of many prompts laid in one row, each with its position in its
// own prompt, and which rows may attend to which. Rows and answers may be more than the layout
// has: rounded up, so that matrix products come in few sizes.
struct PackedTokens {
  at::Tensor tokens;     // [n] int64
  at::Tensor positions;  // [n] int64
  std::shared_ptr<const AttentionLayout> layout;
  // The rows whose hidden state is read, ascending; those past `answerCount` only pad the number.
  at::Tensor answerRows;  // [answers, rounded up] int64
  std::int64_t answerCount = 0;
};

}  // namespace canvass
