#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "nn/execution_context.h"

namespace canvass {

// Rotary position embedding (arXiv 2104.09864) in the half-split layout of Hugging Face models.
class Rotary {
 public:
  // inverseFrequencies [headSize / 2], radians per position, already scaled for long contexts.
  // `amplitude`: what cosines and sines are multiplied by.
  explicit Rotary(at::Tensor inverseFrequencies, double amplitude = 1.0);

  // The cosines and sines of the given positions [n], each [n, 1, headSize / 2], fp32.
  struct Angles {
    at::Tensor cosine;
    at::Tensor sine;
  };
  Angles anglesAt(const at::Tensor& positions) const;

  // Rotates heads [n, heads, headSize]; computed in fp32, returned in the element type of `heads`.
  // Differentiable in `heads`.
  static at::Tensor apply(const at::Tensor& heads, const Angles& angles,
                          const ExecutionContext& context);

 private:
  at::Tensor inverseFrequencies_;
  double amplitude_;
};

}  // namespace canvass
