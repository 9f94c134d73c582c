#pragma once

#include <optional>

#include "model/feed_forward.h"
#include "model/norm.h"
#include "model/self_attention.h"

namespace canvass {

// One layer of a decoder: the results of attention and then an MLP on the residual stream are added
// to it. What they read, what they add, or both are normed.
class DecoderLayer {
 public:
  DecoderLayer(const LayerConfig& config, const LayerParameters& parameters,
               const LayerIndex& index, ParameterSource& source);

  // The residual stream [n, hidden] fp32 -> of the rows that ask, [rows, hidden] fp32.
  at::Tensor forward(const at::Tensor& stream, const ForwardPass& pass, Asking asking,
                     ExecutionContext& context) const;

  // In the order in which they compute.
  std::vector<NamedLinear*> linears();
  void appendNorms(NamedTensors& parameters) const;

 private:
  std::optional<Norm> attentionNorm_;
  SelfAttention attention_;
  std::optional<Norm> attendedNorm_;
  std::optional<Norm> feedForwardNorm_;
  FeedForward feedForward_;
  std::optional<Norm> fedForwardNorm_;
};

}  // namespace canvass
