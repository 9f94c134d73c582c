#include "model/norm.h"

#include <ATen/ATen.h>

#include "nn/norm.h"

namespace canvass {

Norm::Norm(const NormConfig& config, const NormSpec& spec, ParameterSource& source)
    : config_(config),
      spec_(spec),
      weight_(source.tensor(spec.module + ".weight")),
      bias_(spec.bias ? source.tensor(spec.module + ".bias") : at::Tensor()) {}

at::Tensor Norm::forward(const at::Tensor& x, at::ScalarType type,
                         const ExecutionContext& context) const {
  if (config_.kind == NormKind::rms) return rmsNorm(x, weight_, config_.epsilon, type, context);
  return at::layer_norm(x, {spec_.size}, weight_, bias_, config_.epsilon).to(type);
}

void Norm::appendParameters(NamedTensors& parameters) const {
  parameters.emplace_back(spec_.module + ".weight", weight_);
  if (bias_.defined()) parameters.emplace_back(spec_.module + ".bias", bias_);
}

}  // namespace canvass
