#pragma once

#include <ATen/core/Tensor.h>

#include <dnnl.hpp>
#include <memory>

namespace canvass {

// Products of one shape with their preparations, shared by all weights of that shape.
class OneDnnShape;

// Rows [n, inner] times a constant [inner, outer] that is packed once, by oneDNN's matmul. Only
// with Debian's oneDNN next to libtorch 1.13.
class OneDnnProduct {
 public:
  // `plain`: contiguous [outer, inner], or [inner, outer] if `transposed`, fp32 or bf16; not
  // needed afterwards. bias [outer] or undefined.
  OneDnnProduct(const at::Tensor& plain, bool transposed, const at::Tensor& bias);

  // Rows times the transpose of what `product` multiplies with: in the same memory if its order is
  // plain, as it is in fp32 without AVX-512, else packed once more. No bias. `product` must outlive
  // it.
  static OneDnnProduct transposeOf(const OneDnnProduct& product);

  at::Tensor multiply(const at::Tensor& rows) const;
  std::size_t bytes() const;  // of memory of its own

 private:
  OneDnnProduct(std::shared_ptr<OneDnnShape> shape, void* memoryOfAnother);
  // The weight in plain order again: [inner, outer].
  at::Tensor unpacked() const;

  at::Tensor bias_;
  std::shared_ptr<OneDnnShape> shape_;
  dnnl::memory packed_;
  bool ownsMemory_ = true;
};

}  // namespace canvass
