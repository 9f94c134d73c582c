#pragma once

#include <cstdint>
#include <memory>

#include "nn/operation_times.h"

namespace canvass {

// How far a dropout stream has been drawn. The same state drops the same elements in any thread.
struct DropoutState {
  std::uint64_t seed = 0;
  std::uint64_t drawn = 0;
};

// What a forward pass passes to its operations in addition to tensors. Used by one thread at a
// time. A copy continues from the same dropout state, and adds to the same times.
struct ExecutionContext {
  DropoutState dropout = {};
  // Of the operations of this folder, those of the backward pass included.
  std::shared_ptr<OperationTimes> times = std::make_shared<OperationTimes>();
  // Compute as on a device for which we have no kernels, with torch's own operations alone, so that
  // this path can be tested on a machine without such a device.
  bool torchOperationsOnly = false;
};

}  // namespace canvass
