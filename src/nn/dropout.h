#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace canvass {

// Where the calling thread's dropout stands: the seed of a stream of drops, and how many were drawn
// from it. Set a seed for each forest and it drops the same whichever thread computes it; set an
// earlier state back and the same is dropped again.
struct DropoutState {
  std::uint64_t seed = 0;
  std::uint64_t drawn = 0;
};
DropoutState& dropoutState();

// Zeroes each element with the given probability and divides the others by what is left of it, as
// the thread's dropoutState() decides; differentiable.
at::Tensor dropout(const at::Tensor& x, double probability);

// The same where gradients are recorded and the probability is above 0; otherwise x itself.
at::Tensor trainingDropout(const at::Tensor& x, double probability);

}  // namespace canvass
