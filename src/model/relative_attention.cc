#include "model/relative_attention.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>
#include <vector>

namespace canvass {
namespace {

// The bucket of a distance, up to `buckets` in each direction, as in transformers'
// make_log_bucket_position.
std::int64_t bucketOf(std::int64_t distance, const RelativePositions& positions) {
  const std::int64_t middle = positions.buckets / 2;
  const std::int64_t size = std::abs(distance);
  if (size <= middle) return distance;
  // In single precision, as there: where it rounds decides between neighboring buckets.
  const auto logOf = [&](std::int64_t value) {
    return std::log(static_cast<float>(value) / static_cast<float>(middle));
  };
  const float steps =
      std::ceil(logOf(size) / logOf(positions.farthest - 1) * static_cast<float>(middle - 1));
  const std::int64_t bucket = static_cast<std::int64_t>(steps) + middle;
  return distance < 0 ? -bucket : bucket;
}

at::Tensor rowsFor(const RelativePositions& positions, std::int64_t longest) {
  const std::int64_t span = positions.buckets;
  std::vector<std::int64_t> rows;
  for (std::int64_t i = 0; i < longest; ++i) {
    for (std::int64_t j = 0; j < longest; ++j) {
      rows.push_back(std::clamp<std::int64_t>(bucketOf(i - j, positions) + span, 0, 2 * span - 1));
    }
  }
  return at::tensor(rows, at::kLong).view({longest, longest});
}

}  // namespace

RelativeAttention::RelativeAttention(const RelativePositions& positions, at::Tensor embeddings,
                                     std::int64_t longest)
    : positions_(positions),
      embeddings_(std::move(embeddings)),
      rows_(rowsFor(positions, longest)) {}

double RelativeAttention::kinds() const {
  return 1.0 + (positions_.toContent ? 1.0 : 0.0) + (positions_.fromContent ? 1.0 : 0.0);
}

at::Tensor RelativeAttention::scores(const at::Tensor& queries, const at::Tensor& keys,
                                     const Linear& query, const Linear& key,
                                     ExecutionContext& context) const {
  const std::int64_t texts = queries.size(0), heads = queries.size(1), longest = queries.size(2);
  const auto ofDistances = [&](const Linear& projection) {  // [heads, head size, 2 buckets]
    return projection.forward(embeddings_, context)
        .view({-1, heads, queries.size(3)})
        .permute({1, 2, 0});
  };
  // all [texts, heads, longest, 2 buckets] -> [texts, heads, longest, longest]
  const auto chosen = [&](const at::Tensor& all, const at::Tensor& rows) {
    return all.gather(-1, rows.expand({texts, heads, longest, longest}));
  };
  at::Tensor sum = at::zeros({texts, heads, longest, longest}, queries.options());
  if (positions_.toContent) sum = sum + chosen(at::matmul(queries, ofDistances(key)), rows_);
  if (positions_.fromContent) {
    sum = sum + chosen(at::matmul(keys, ofDistances(query)), rows_.t()).transpose(2, 3);
  }
  return sum;
}

}  // namespace canvass
