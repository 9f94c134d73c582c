#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "model/parameter_source.h"
#include "model_files/layer_config.h"
#include "nn/execution_context.h"
#include "nn/linear.h"

namespace canvass {

// A norm over the last dimension, of the kind that the configuration says.
class Norm {
 public:
  Norm(const NormConfig& config, const NormSpec& spec, ParameterSource& source);

  // Computed in fp32, returned in `type`.
  at::Tensor forward(const at::Tensor& x, at::ScalarType type,
                     const ExecutionContext& context) const;
  void appendParameters(NamedTensors& parameters) const;

 private:
  at::Tensor factors() const;

  NormConfig config_;
  NormSpec spec_;
  at::Tensor weight_;
  at::Tensor bias_;  // undefined if the kind has none
};

// None if the model has no such norm.
std::optional<Norm> optionalNorm(const NormConfig& config, const std::optional<NormSpec>& spec,
                                 ParameterSource& source);

}  // namespace canvass
