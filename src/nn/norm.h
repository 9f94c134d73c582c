#pragma once

#include <ATen/core/Tensor.h>

namespace canvass {

// x / sqrt(mean(x^2) + epsilon) * weight over the last dimension (arXiv 1910.07467), computed in
// fp32 and returned in `type`.
at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon,
                   at::ScalarType type);

}  // namespace canvass
