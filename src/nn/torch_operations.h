#pragma once

namespace canvass {

// Whether the calling thread computes as on a device that has no kernels of ours: by torch's own
// operations alone. So that this way can be tested where there is no such device.
inline bool& torchOperationsOnly() {
  thread_local bool only = false;
  return only;
}

}  // namespace canvass
