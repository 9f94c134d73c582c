#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>

#include "nn/attention_layout.h"
#include "nn/execution_context.h"

namespace canvass {

enum class Asking { everyRow, answers };

// How a layer attends.
struct AttentionRule {
  double scale = 1.0;       // of the products of queries and keys
  std::int64_t window = 0;  // how far ancestors are seen: those fewer than this many positions away
                            // (0: all of them)
  double cap = 0.0;         // c: scaled products become c tanh(x / c); 0: they stay
};

// softmax(scale q k^T) v, capped if the rule says so, each query over its own row and the ancestors
// of it in the window.
// queries [rows of the asking, heads, headSize]; keys, values [n, keyHeads, headSize]; heads is a
// multiple of keyHeads and each group of heads shares one. Returns [queries, heads * headSize] in
// their element type; the softmax is computed in fp32. Differentiable in all three; both passes add
// to the context's times. For CPUs; see masked_attention.h for other devices.
at::Tensor forestAttention(const at::Tensor& queries, const at::Tensor& keys,
                           const at::Tensor& values,
                           const std::shared_ptr<const AttentionLayout>& layout, Asking asking,
                           const AttentionRule& rule, const ExecutionContext& context);

}  // namespace canvass
