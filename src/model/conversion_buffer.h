#pragma once

#include <ATen/core/Tensor.h>

namespace canvass {

// Converts one weight after another in the same memory, for weights that are packed at once and
// then not needed. If each had memory of its own, what is kept would settle in the holes that they
// leave, and loading would take up to twice what is held.
class ConversionBuffer {
 public:
  // The tensor itself if it has this type already; else valid until the next call.
  at::Tensor convert(const at::Tensor& tensor, at::ScalarType type);

 private:
  at::Tensor memory_;
};

}  // namespace canvass
