#pragma once

#include <ATen/core/Tensor.h>

#include <functional>

#include "nn/execution_context.h"

namespace canvass {

using RecomputedStep = std::function<at::Tensor(const at::Tensor& input, ExecutionContext&)>;

// step(input, context), without keeping what its gradient needs: when the gradient is asked for,
// the step is run again. Takes the memory of one step instead of all of them, and the time of one
// more forward pass. Dropout is the same both times. What `step` refers to must live until the
// backward pass.
at::Tensor recomputed(const at::Tensor& input, const RecomputedStep& step,
                      ExecutionContext& context);

}  // namespace canvass
