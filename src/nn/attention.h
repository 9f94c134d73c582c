#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <vector>

namespace canvass {

// One tree of a prompt forest, as attention sees it: a run of rows that attend only among
// themselves. Query rows may be fewer than key rows: the last layer asks only for what is read.
struct AttentionSegment {
  std::int64_t firstKey = 0;
  std::int64_t keyCount = 0;
  std::int64_t firstQuery = 0;
  std::int64_t queryCount = 0;
  at::Tensor mask;  // [queryCount, keyCount] fp32: 0 where the query may attend, -infinity elsewhere
};

// softmax(q k^T / sqrt(headSize) + mask) v within each segment.
// queries [nq, heads, headSize]; keys, values [nk, keyValueHeads, headSize]; heads is a multiple of
// keyValueHeads and each group of heads shares one. Returns [nq, heads * headSize]. The softmax is
// computed in fp32.
at::Tensor segmentAttention(const at::Tensor& queries, const at::Tensor& keys,
                            const at::Tensor& values,
                            const std::vector<AttentionSegment>& segments);

}  // namespace canvass
