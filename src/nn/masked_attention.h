#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "nn/attention.h"

namespace canvass {

// Attention over a forest by torch's own operations, for devices without kernels of ours: the same
// as forestAttention(), over all pairs of rows, those that must not see each other masked out.

// 0 where a query may see a key, -infinity elsewhere: [rows of the asking, keys] in `type`, on
// `device`. Rows that do not ask see the first key, since a row without any has no gradient that is
// a number.
at::Tensor ancestryMask(const AttentionLayout& layout, Asking asking, std::int64_t window,
                        std::int64_t keys, at::ScalarType type, at::Device device);

// softmax(scale q k^T) v, in shapes as for forestAttention(). Rows that do not ask get values of no
// meaning.
at::Tensor maskedAttention(const at::Tensor& queries, const at::Tensor& keys,
                           const at::Tensor& values, const at::Tensor& mask, double scale);

}  // namespace canvass
