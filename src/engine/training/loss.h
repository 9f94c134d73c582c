#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <string>
#include <vector>

#include "engine/training/loss_kind.h"

namespace canvass {

// Observed distributions of a batch, padded to the longest option list.
struct Targets {
  at::Tensor shares;                   // [n, options] fp32, 0 beyond an item's own options
  at::Tensor present;                  // [n, options] bool
  at::Tensor counts;                   // [n] fp32: the number of options
  std::vector<std::size_t> questions;  // [n], by any numbers
};

// The sum over the batch of the divergence from the observed shares to softmax(logits over the
// present options); differentiable in `logits` [n, options]. `shiftWeight`: of the differences
// between populations in LossKind::shift; without it that is kl.
at::Tensor lossSum(LossKind kind, const at::Tensor& logits, const Targets& targets,
                   double shiftWeight = 0.0);

}  // namespace canvass
