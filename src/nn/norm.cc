#include "nn/norm.h"

#include <torch/torch.h>

namespace canvass {

at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon,
                   at::ScalarType type) {
  const at::Tensor wide = x.to(at::kFloat);
  const at::Tensor scale = at::rsqrt(wide.square().mean(-1, /*keepdim=*/true) + epsilon);
  return (wide * scale * weight.to(at::kFloat)).to(type);
}

}  // namespace canvass
