#pragma once

#include <ATen/core/Tensor.h>

#include "nn/execution_context.h"

namespace canvass {

// silu(gate) * up, in their type; differentiable in both.
at::Tensor gatedSilu(const at::Tensor& gate, const at::Tensor& up, const ExecutionContext& context);

// gelu(gate) * up with gelu in its approximation by tanh (arXiv 1606.08415), in their type;
// differentiable in both.
at::Tensor gatedGelu(const at::Tensor& gate, const at::Tensor& up, const ExecutionContext& context);

// cap tanh(x / cap) in fp32, for x of any type; differentiable.
at::Tensor capped(const at::Tensor& x, double cap, const ExecutionContext& context);

// stream (fp32) + delta (any type), in fp32; differentiable in both. If nothing records gradients
// the result takes the memory of `stream`.
at::Tensor addToStream(const at::Tensor& stream, const at::Tensor& delta,
                       const ExecutionContext& context);

}  // namespace canvass
