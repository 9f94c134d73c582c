#include "model/norm.h"

#include <ATen/ATen.h>

#include "nn/norm.h"

namespace canvass {

Norm::Norm(const NormConfig& config, const NormSpec& spec, ParameterSource& source)
    : config_(config),
      spec_(spec),
      weight_(source.tensor(spec.module + ".weight")),
      bias_(spec.bias ? source.tensor(spec.module + ".bias") : at::Tensor()) {}

// What normed rows are multiplied by.
at::Tensor Norm::factors() const { return config_.aroundZero ? weight_ + 1.0 : weight_; }

at::Tensor Norm::forward(const at::Tensor& x, at::ScalarType type,
                         const ExecutionContext& context) const {
  if (config_.kind == NormKind::rms) return rmsNorm(x, factors(), config_.epsilon, type, context);
  return at::layer_norm(x, {spec_.size}, factors(), bias_, config_.epsilon).to(type);
}

void Norm::appendParameters(NamedTensors& parameters) const {
  parameters.emplace_back(spec_.module + ".weight", weight_);
  if (bias_.defined()) parameters.emplace_back(spec_.module + ".bias", bias_);
}

std::optional<Norm> optionalNorm(const NormConfig& config, const std::optional<NormSpec>& spec,
                                 ParameterSource& source) {
  if (!spec) return std::nullopt;
  return Norm(config, *spec, source);
}

}  // namespace canvass
