#pragma once

#include <ATen/core/Tensor.h>

#include "nn/execution_context.h"

namespace canvass {

// Zeroes each element with the given probability p and divides the others by 1 - p, as the
// context's DropoutState decides, which advances by one draw; differentiable.
at::Tensor dropout(const at::Tensor& x, double probability, ExecutionContext& context);

// The same if gradients are recorded and the probability is above 0; otherwise x itself.
at::Tensor trainingDropout(const at::Tensor& x, double probability, ExecutionContext& context);

}  // namespace canvass
