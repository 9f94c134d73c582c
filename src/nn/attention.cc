#include "nn/attention.h"

#include <torch/torch.h>

#include <cmath>

namespace canvass {
namespace {

// The query heads of a group are laid under each other, so that one product with the group's keys
// serves them all and keys are never repeated in memory.
at::Tensor attendSegment(const at::Tensor& queries, const at::Tensor& keys,
                         const at::Tensor& values, const at::Tensor& mask) {
  const auto count = queries.size(0);
  const auto size = queries.size(2);
  const auto keyHeads = keys.size(1);
  const auto group = queries.size(1) / keyHeads;
  const at::Tensor grouped = queries.view({count, keyHeads, group, size})
                                 .permute({1, 2, 0, 3})
                                 .reshape({keyHeads, group * count, size});
  const at::Tensor scores = at::bmm(grouped, keys.permute({1, 2, 0})).to(at::kFloat);
  const at::Tensor masked =
      scores.view({keyHeads, group, count, -1}) * (1.0 / std::sqrt(static_cast<double>(size))) +
      mask;
  const at::Tensor weights = masked.softmax(-1).to(values.scalar_type());
  return at::bmm(weights.view({keyHeads, group * count, -1}), values.permute({1, 0, 2}))
      .view({keyHeads, group, count, size})
      .permute({2, 0, 1, 3})
      .reshape({count, keyHeads * group * size});
}

}  // namespace

at::Tensor segmentAttention(const at::Tensor& queries, const at::Tensor& keys,
                            const at::Tensor& values,
                            const std::vector<AttentionSegment>& segments) {
  std::vector<at::Tensor> outputs;
  outputs.reserve(segments.size());
  for (const AttentionSegment& segment : segments) {
    outputs.push_back(attendSegment(queries.narrow(0, segment.firstQuery, segment.queryCount),
                                    keys.narrow(0, segment.firstKey, segment.keyCount),
                                    values.narrow(0, segment.firstKey, segment.keyCount),
                                    segment.mask));
  }
  return outputs.size() == 1 ? outputs.front() : at::cat(outputs);
}

}  // namespace canvass
