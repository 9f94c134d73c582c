#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "model/encoder.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

// The mean of the encoder's final states over each range of each text, one after another [all
// ranges, state]. A few thousand tokens are computed at a time. Dropout acts if gradients are
// recorded, as the context decides.
at::Tensor meanStates(const Encoder& encoder, const std::vector<std::vector<TokenId>>& texts,
                      const std::vector<std::vector<TokenRange>>& ranges, double dropout,
                      ExecutionContext& context);
// Over all tokens of each text [texts, state].
at::Tensor meanStates(const Encoder& encoder, const std::vector<std::vector<TokenId>>& texts,
                      double dropout, ExecutionContext& context);

}  // namespace canvass
