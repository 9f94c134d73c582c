#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>

namespace canvass {

// A weight [outputs, inputs] that is not trained, in whatever form its product is fastest or
// smallest in. Safe to share between threads.
class FrozenMatrix {
 public:
  virtual ~FrozenMatrix() = default;
  // rows [n, inputs] -> rows W^T + bias [n, outputs], in the rows' type.
  virtual at::Tensor forward(const at::Tensor& rows) const = 0;
  // gradient [n, outputs] -> gradient W [n, inputs].
  virtual at::Tensor backward(const at::Tensor& gradient) const = 0;
  virtual std::size_t bytes() const = 0;  // currently held
};

}  // namespace canvass
