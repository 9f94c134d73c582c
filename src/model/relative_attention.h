#pragma once

#include <ATen/core/Tensor.h>

#include "model_files/encoder_config.h"
#include "nn/linear.h"

namespace canvass {

// DeBERTa's disentangled attention (He et al. 2021, arXiv 2006.03654): what the distances between
// tokens add to the scores of their contents.
class RelativeAttention {
 public:
  // embeddings [2 buckets, hidden]: of every bucket of distances, normalized; `longest`: tokens of
  // the longest text.
  RelativeAttention(const RelativePositions& positions, at::Tensor embeddings,
                    std::int64_t longest);

  // The factor under the root of the scores' scale, in addition to the head size: the number of
  // kinds of scores that are added up.
  double kinds() const;

  // queries, keys [texts, heads, longest, head size] -> what is added to their products, unscaled
  // [texts, heads, longest, longest]. The projections are those of the layer's contents.
  at::Tensor scores(const at::Tensor& queries, const at::Tensor& keys, const Linear& query,
                    const Linear& key, ExecutionContext& context) const;

 private:
  RelativePositions positions_;
  at::Tensor embeddings_;
  at::Tensor rows_;  // [longest, longest] int64: of the embeddings, for positions i (rows) and j
};

}  // namespace canvass
