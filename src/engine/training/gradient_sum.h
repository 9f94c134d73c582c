#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <vector>

namespace canvass {

// The gradients of several losses, computed by several workers, summed in an order that does not
// depend on which of them was quicker: the same seed gives the same weights.
class GradientSum {
 public:
  // `tensors`: the leaves whose gradients are taken; must outlive this.
  GradientSum(const std::vector<at::Tensor>& tensors, std::size_t workers)
      : tensors_(tensors), sums_(workers) {}

  // Differentiates the loss and adds to what this worker has. A single worker adds to the tensors'
  // own gradients at once, without a second copy of them.
  void add(std::size_t worker, const at::Tensor& loss);

  // Adds what the workers have to the tensors' gradients.
  void finish();

 private:
  const std::vector<at::Tensor>& tensors_;
  std::vector<std::vector<at::Tensor>> sums_;  // [worker][tensor]; undefined if nothing was added
};

}  // namespace canvass
