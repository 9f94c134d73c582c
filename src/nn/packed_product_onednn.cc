// PackedProduct by oneDNN's matrix products, called directly.
#include <torch/version.h>
#if TORCH_VERSION_MAJOR < 2
#include <mutex>

#include "nn/onednn_product.h"
#include "nn/packed_product.h"

namespace canvass {

struct PackedProduct::Implementation {
  Implementation(const at::Tensor& weight, const at::Tensor& bias) : forward(weight, false, bias) {}

  const OneDnnProduct& backward() {
    std::call_once(made, [this] {
      transposed = std::make_unique<OneDnnProduct>(OneDnnProduct::transposeOf(forward));
    });
    return *transposed;
  }

  OneDnnProduct forward;
  std::once_flag made;
  std::unique_ptr<OneDnnProduct> transposed;
};

PackedProduct::PackedProduct(const at::Tensor& weight, const at::Tensor& bias)
    : implementation_(std::make_unique<Implementation>(weight.contiguous(), bias)) {}
PackedProduct::~PackedProduct() = default;
PackedProduct::PackedProduct(PackedProduct&&) noexcept = default;

at::Tensor PackedProduct::forward(const at::Tensor& rows) const {
  return implementation_->forward.multiply(rows.contiguous());
}

at::Tensor PackedProduct::backward(const at::Tensor& gradient) const {
  return implementation_->backward().multiply(gradient.contiguous());
}

std::size_t PackedProduct::bytes() const {
  const auto& transposed = implementation_->transposed;
  return implementation_->forward.bytes() + (transposed ? transposed->bytes() : 0);
}

}  // namespace canvass
#endif
