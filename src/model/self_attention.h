#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "model/forward_pass.h"
#include "model/norm.h"
#include "model/parameter_source.h"
#include "model_files/decoder_layout.h"

namespace canvass {

// Which of a decoder's layers and of its rotary tables.
struct LayerIndex {
  std::size_t layer = 0;
  std::size_t rotary = 0;
};

// Each token's attention to itself and the tokens before it.
class SelfAttention {
 public:
  SelfAttention(const LayerConfig& config, const AttentionParameters& parameters,
                const LayerIndex& index, ParameterSource& source);

  // rows [n, hidden] in the type of computation -> [rows that ask, hidden].
  at::Tensor forward(const at::Tensor& rows, const ForwardPass& pass, Asking asking,
                     ExecutionContext& context) const;

  std::vector<NamedLinear*> linears() { return {&query_, &key_, &value_, &output_}; }
  void appendNorms(NamedTensors& parameters) const;

 private:
  at::Tensor heads(const NamedLinear& projection, const at::Tensor& rows, std::int64_t count,
                   ExecutionContext& context) const;

  LayerConfig config_;
  LayerIndex index_;
  NamedLinear query_, key_, value_, output_;
  std::optional<Norm> queryNorm_, keyNorm_;
};

}  // namespace canvass
