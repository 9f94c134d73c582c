#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "nn/attention.h"

namespace canvass {

// Attention over a forest by torch's own operations, for devices for which we have no kernels: the
// same as forestAttention(), over all pairs of rows, with those that must not see each other masked
// out.

// 0 where a query may see a key, -infinity elsewhere: [rows of the asking, keys] in `type`, on
// `device`. Rows that do not ask see the first key, since the gradient of a row without any is not
// a number.
at::Tensor ancestryMask(const AttentionLayout& layout, Asking asking, std::int64_t window,
                        std::int64_t keys, at::ScalarType type, at::Device device);

// softmax(scale q k^T) v, capped if the rule says so, in shapes as for forestAttention(); the
// rule's window is in the mask. Rows that do not ask get meaningless values.
at::Tensor maskedAttention(const at::Tensor& queries, const at::Tensor& keys,
                           const at::Tensor& values, const at::Tensor& mask,
                           const AttentionRule& rule);

}  // namespace canvass
