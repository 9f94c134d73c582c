#pragma once

#include <cstdint>
#include <memory>

#include "nn/operation_times.h"

namespace canvass {

// How far a stream of drops has been drawn. The same state drops the same, whatever thread draws.
struct DropoutState {
  std::uint64_t seed = 0;
  std::uint64_t drawn = 0;
};

// What a forward pass hands to its operations besides tensors. Of one thread at a time. A copy goes
// on from the same state of dropout, and adds to the same times.
struct ExecutionContext {
  DropoutState dropout = {};
  // Of the operations of this folder, those of the backward pass included.
  std::shared_ptr<OperationTimes> times = std::make_shared<OperationTimes>();
  // Compute as on a device that has no kernels of ours, by torch's own operations alone: so that
  // this way can be tested on a machine without such a device.
  bool torchOperationsOnly = false;
};

}  // namespace canvass
