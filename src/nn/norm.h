#pragma once

#include <ATen/core/Tensor.h>

#include "nn/execution_context.h"

namespace canvass {

// x / sqrt(mean(x^2) + epsilon) * weight over the last dimension (arXiv 1910.07467), computed in
// fp32 and returned in `type`. x is of that type or fp32; weight is fp32. Differentiable in both.
at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon,
                   at::ScalarType type, const ExecutionContext& context);

}  // namespace canvass
