#include "nn/rotary.h"

#include <torch/torch.h>

namespace canvass {

Rotary::Rotary(at::Tensor inverseFrequencies)
    : inverseFrequencies_(std::move(inverseFrequencies)) {}

Rotary::Angles Rotary::anglesAt(const at::Tensor& positions) const {
  const at::Tensor angles =
      (positions.to(at::kFloat).unsqueeze(1) * inverseFrequencies_).unsqueeze(1);
  return {angles.cos(), angles.sin()};
}

at::Tensor Rotary::apply(const at::Tensor& heads, const Angles& angles) {
  const at::Tensor wide = heads.to(at::kFloat);
  const auto halves = wide.chunk(2, -1);
  const at::Tensor first = halves[0] * angles.cosine - halves[1] * angles.sine;
  const at::Tensor second = halves[1] * angles.cosine + halves[0] * angles.sine;
  return at::cat({first, second}, -1).to(heads.scalar_type());
}

}  // namespace canvass
