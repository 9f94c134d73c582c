// PackedProduct by torch 2's own packed operators: its oneDNN is inside libtorch.
#include <torch/version.h>
#if TORCH_VERSION_MAJOR >= 2
#include <ATen/ATen.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <mutex>

#include "nn/packed_product.h"

namespace canvass {
namespace {

at::Tensor packed(const at::Tensor& weight) {
  using Reorder = at::Tensor(const at::Tensor&, std::optional<int64_t>);
  static const auto reorder = c10::Dispatcher::singleton()
                                  .findSchemaOrThrow("mkldnn::_reorder_linear_weight", "")
                                  .typed<Reorder>();
  constexpr int64_t typicalRows = 512;
  return reorder.call(weight, typicalRows);
}

at::Tensor multiply(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias) {
  using Linear = at::Tensor(const at::Tensor&, const at::Tensor&, const std::optional<at::Tensor>&,
                            std::string_view, c10::List<std::optional<at::Scalar>>,
                            std::optional<std::string_view>);
  static const auto linear = c10::Dispatcher::singleton()
                                 .findSchemaOrThrow("mkldnn::_linear_pointwise", "")
                                 .typed<Linear>();
  return linear.call(rows, weight, bias.defined() ? std::optional(bias) : std::nullopt, "none",
                     c10::List<std::optional<at::Scalar>>(), "");
}

}  // namespace

struct PackedProduct::Implementation {
  at::Tensor forward;
  at::Tensor bias;
  std::once_flag made;
  at::Tensor transposed;
};

PackedProduct::PackedProduct(const at::Tensor& weight, const at::Tensor& bias)
    : implementation_(std::make_unique<Implementation>()) {
  implementation_->forward = packed(weight.contiguous());
  implementation_->bias = bias;
}
PackedProduct::~PackedProduct() = default;
PackedProduct::PackedProduct(PackedProduct&&) noexcept = default;

at::Tensor PackedProduct::forward(const at::Tensor& rows) const {
  return multiply(rows.contiguous(), implementation_->forward, implementation_->bias);
}

at::Tensor PackedProduct::backward(const at::Tensor& gradient) const {
  Implementation& self = *implementation_;
  std::call_once(self.made,
                 [&self] { self.transposed = packed(self.forward.to_dense().t().contiguous()); });
  return multiply(gradient.contiguous(), self.transposed, at::Tensor());
}

std::size_t PackedProduct::bytes() const {
  const auto size = [](const at::Tensor& tensor) {
    return tensor.defined() ? static_cast<std::size_t>(tensor.numel()) * tensor.element_size() : 0;
  };
  return size(implementation_->forward) + size(implementation_->transposed);
}

}  // namespace canvass
#endif
