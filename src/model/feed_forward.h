#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "model/parameter_source.h"
#include "model_files/decoder_layout.h"

namespace canvass {

// A gated MLP: down(activation(gate(x)) * up(x)).
class FeedForward {
 public:
  FeedForward(const LayerConfig& config, const FeedForwardParameters& parameters,
              ParameterSource& source);

  // [n, hidden] -> [n, hidden]
  at::Tensor forward(const at::Tensor& rows, ExecutionContext& context) const;

  std::vector<NamedLinear*> linears();

 private:
  Activation activation_;
  std::vector<NamedLinear> inner_;  // gate and up; or one that is both
  NamedLinear down_;
};

}  // namespace canvass
