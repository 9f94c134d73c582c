#pragma once

#include "model/feed_forward.h"
#include "model/norm.h"
#include "model/self_attention.h"

namespace canvass {

// One layer of a decoder: the results of attention and then an MLP on the normed residual stream
// are added to it.
class DecoderLayer {
 public:
  DecoderLayer(const LayerConfig& config, const LayerParameters& parameters,
               const LayerIndex& index, ParameterSource& source);

  // The residual stream [n, hidden] fp32 -> of the rows that ask, [rows, hidden] fp32.
  at::Tensor forward(const at::Tensor& stream, const ForwardPass& pass, Asking asking,
                     ExecutionContext& context) const;

  // In the order query, key, value, output, gate, up, down.
  std::vector<NamedLinear*> linears();
  void appendNorms(NamedTensors& parameters) const;

 private:
  Norm attentionNorm_;
  SelfAttention attention_;
  Norm feedForwardNorm_;
  FeedForward feedForward_;
};

}  // namespace canvass
