#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "nn/attention_layout.h"

namespace canvass {

enum class Asking { everyRow, answers };

// softmax(q k^T / sqrt(headSize)) v, each query over its own row and the ancestors of it that are
// less than `window` positions away (0: all of them).
// queries [rows of the asking, heads, headSize]; keys, values [n, keyHeads, headSize]; heads is a
// multiple of keyHeads and each group of heads shares one. Returns [queries, heads * headSize] in
// their element type; the softmax is computed in fp32. Differentiable in all three. For processors;
// see masked_attention.h for other devices.
at::Tensor forestAttention(const at::Tensor& queries, const at::Tensor& keys,
                           const at::Tensor& values,
                           const std::shared_ptr<const AttentionLayout>& layout, Asking asking,
                           std::int64_t window);

}  // namespace canvass
