#include "engine/pack.h"

#include <torch/torch.h>

#include <algorithm>
#include <limits>

namespace canvass {
namespace {

template <typename T>
at::Tensor integers(const std::vector<T>& values) {
  std::vector<std::int64_t> wide(values.begin(), values.end());
  return torch::tensor(wide, at::kLong);
}

// A row sees what its parent sees, and itself.
at::Tensor ancestryMask(const Forest& forest, const Forest::Tree& tree) {
  const auto count = static_cast<std::int64_t>(tree.count);
  at::Tensor mask = at::full({count, count}, -std::numeric_limits<float>::infinity(), at::kFloat);
  float* values = mask.data_ptr<float>();
  for (std::size_t row = 0; row < tree.count; ++row) {
    float* seen = values + row * tree.count;
    const std::int32_t parent = forest.parents[tree.first + row];
    if (parent >= 0) {
      const float* before = values + (static_cast<std::size_t>(parent) - tree.first) * tree.count;
      std::copy(before, before + row, seen);
    }
    seen[row] = 0.0F;
  }
  return mask;
}

AttentionSegment answerSegment(const Forest& forest, const AttentionSegment& whole,
                               std::size_t firstAnswer, std::size_t answers) {
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < answers; ++i) {
    rows.push_back(forest.answerRows[firstAnswer + i] - whole.firstKey);
  }
  AttentionSegment segment = whole;
  segment.firstQuery = static_cast<std::int64_t>(firstAnswer);
  segment.queryCount = static_cast<std::int64_t>(answers);
  segment.mask = whole.mask.index_select(0, torch::tensor(rows, at::kLong));
  return segment;
}

}  // namespace

PackedTokens pack(const Forest& forest) {
  PackedTokens packed;
  packed.tokens = integers(forest.tokens);
  packed.positions = integers(forest.positions);
  packed.answerRows = integers(forest.answerRows);
  std::size_t firstAnswer = 0;
  for (const Forest::Tree& tree : forest.trees) {
    const auto first = static_cast<std::int64_t>(tree.first);
    const auto count = static_cast<std::int64_t>(tree.count);
    packed.segments.push_back({first, count, first, count, ancestryMask(forest, tree)});
    std::size_t end = firstAnswer;
    while (end < forest.answerRows.size() && forest.answerRows[end] < first + count) ++end;
    packed.answerSegments.push_back(
        answerSegment(forest, packed.segments.back(), firstAnswer, end - firstAnswer));
    firstAnswer = end;
  }
  return packed;
}

}  // namespace canvass
