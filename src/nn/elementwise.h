#pragma once

#include <ATen/core/Tensor.h>

namespace canvass {

// silu(gate) * up, in their type; differentiable in both.
at::Tensor gatedSilu(const at::Tensor& gate, const at::Tensor& up);

// Zeroes each element with the given probability and divides the others by what is left of it, as
// torch's generator decides; differentiable.
at::Tensor dropout(const at::Tensor& x, double probability);

// stream (fp32) + delta (any type), in fp32; differentiable in both. Where nothing records
// gradients the result takes the memory of `stream`.
at::Tensor addToStream(const at::Tensor& stream, const at::Tensor& delta);

}  // namespace canvass
