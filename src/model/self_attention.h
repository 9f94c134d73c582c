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

  std::vector<NamedLinear*> linears();
  void appendNorms(NamedTensors& parameters) const;

 private:
  struct Projected {
    at::Tensor queries, keys, values;  // [rows, heads, headSize]; queries of the rows that ask
  };

  Projected project(const at::Tensor& rows, const ForwardPass& pass, Asking asking,
                    ExecutionContext& context) const;
  at::Tensor heads(const at::Tensor& rows, const std::optional<Norm>& norm,
                   const ExecutionContext& context) const;
  at::Tensor turned(const at::Tensor& heads, const ForwardPass& pass, Asking asking,
                    const ExecutionContext& context) const;

  LayerConfig config_;
  LayerIndex index_;
  std::vector<NamedLinear> projections_;  // query, key and value; or one that is all of them
  NamedLinear output_;
  std::optional<Norm> queryNorm_, keyNorm_;
};

}  // namespace canvass
