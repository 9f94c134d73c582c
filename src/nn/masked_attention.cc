#include "nn/masked_attention.h"

#include <ATen/ATen.h>
#include <torch/version.h>

#include <algorithm>
#include <limits>

namespace canvass {
namespace {

// queries [1, heads, n, size]; keys, values [1, heads, keys, size].
at::Tensor attentionStepByStep(const at::Tensor& queries, const at::Tensor& keys,
                               const at::Tensor& values, const at::Tensor& mask,
                               const AttentionRule& rule) {
  at::Tensor scores = at::matmul(queries, keys.transpose(-2, -1)).to(at::kFloat) * rule.scale;
  if (rule.cap > 0.0) scores = (scores / rule.cap).tanh() * rule.cap;
  return at::matmul((scores + mask).softmax(-1).to(values.scalar_type()), values);
}

at::Tensor attentionOf(const at::Tensor& queries, const at::Tensor& keys, const at::Tensor& values,
                       const at::Tensor& mask, const AttentionRule& rule) {
// Torch 2.0 does not take a scale.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR > 0)
  if (rule.cap == 0.0) {
    return at::scaled_dot_product_attention(queries, keys, values, mask, 0.0, false, rule.scale);
  }
#endif
  return attentionStepByStep(queries, keys, values, mask, rule);
}

// [n, heads, size] -> [1, heads x repeats, n, size]
at::Tensor headsFirst(const at::Tensor& rows, std::int64_t repeats) {
  const at::Tensor heads = rows.transpose(0, 1);
  return (repeats == 1 ? heads : heads.repeat_interleave(repeats, 0)).unsqueeze(0);
}

}  // namespace

at::Tensor ancestryMask(const AttentionLayout& layout, Asking asking, std::int64_t window,
                        std::int64_t keys, at::ScalarType type, at::Device device) {
  const AttentionQueries& queries = asking == Asking::everyRow ? layout.everyRow : layout.answers;
  constexpr float hidden = -std::numeric_limits<float>::infinity();
  at::Tensor mask = at::full({queries.rowCount, keys}, hidden, at::kFloat);
  mask.select(1, 0).fill_(0.0);
  auto cells = mask.accessor<float, 2>();
  for (const std::int32_t row : queries.rows) cells[row][0] = hidden;
  for (std::size_t b = 0; b < layout.branches.size(); ++b) {
    const auto& path = layout.branches[b].keyRows;
    for (std::size_t i = queries.branchStart[b]; i < queries.branchStart[b + 1]; ++i) {
      const std::int64_t last = queries.positions[i];
      const std::int64_t first = window > 0 ? std::max<std::int64_t>(0, last - window + 1) : 0;
      for (std::int64_t p = first; p <= last; ++p) {
        cells[queries.rows[i]][path[static_cast<std::size_t>(p)]] = 0.0F;
      }
    }
  }
  return mask.to(device, type);
}

at::Tensor maskedAttention(const at::Tensor& queries, const at::Tensor& keys,
                           const at::Tensor& values, const at::Tensor& mask,
                           const AttentionRule& rule) {
  const std::int64_t group = queries.size(1) / keys.size(1);
  return attentionOf(headsFirst(queries, 1), headsFirst(keys, group), headsFirst(values, group),
                     mask, rule)
      .squeeze(0)
      .transpose(0, 1)
      .reshape({queries.size(0), queries.size(1) * queries.size(2)});
}

}  // namespace canvass
