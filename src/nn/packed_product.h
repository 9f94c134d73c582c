#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "nn/frozen_matrix.h"

namespace canvass {

// A constant matrix [outputs, inputs] in the order in which the processor multiplies it fastest,
// packed once; fp32 or bf16. How it is packed is up to the backend (packed_product_*.cc, one of
// which is built): Debian's oneDNN with libtorch 1.13, torch's own operators with torch 2. Safe to
// share between threads.
class PackedProduct : public FrozenMatrix {
 public:
  // bias [outputs] or undefined. Neither tensor is needed afterwards.
  PackedProduct(const at::Tensor& weight, const at::Tensor& bias);
  ~PackedProduct() override;
  PackedProduct(PackedProduct&&) noexcept;

  // rows [n, inputs] of the weight's type -> rows W^T + bias [n, outputs].
  at::Tensor forward(const at::Tensor& rows) const override;
  // gradient [n, outputs] -> gradient W [n, inputs]. The first call packs the weight a second
  // time, the other way round, if its order cannot serve both.
  at::Tensor backward(const at::Tensor& gradient) const override;

  std::size_t bytes() const override;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace canvass
