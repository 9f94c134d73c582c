#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "nn/execution_context.h"
#include "nn/packed_product.h"

namespace canvass {

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

// rows [n, inputs] -> [n, outputs]. How the weight is stored (dense, packed, adapted, later
// quantized) is up to the implementation. Products, those of the backward pass too, add to the
// context's times.
class Linear {
 public:
  virtual ~Linear() = default;
  virtual at::Tensor forward(const at::Tensor& rows, ExecutionContext& context) const = 0;
  // Appends the tensors that can be trained, named from `module` on.
  virtual void appendParameters(const std::string& module, NamedTensors& parameters) const = 0;
  // Of the weights currently held, counting every order in which they are stored.
  virtual std::size_t bytes() const = 0;
};

// y = x W^T + b, computed in the element type of x. For weights that are trained.
class DenseLinear : public Linear {
 public:
  // weight [outputs, inputs]; bias [outputs] or undefined.
  DenseLinear(at::Tensor weight, at::Tensor bias);
  at::Tensor forward(const at::Tensor& rows, ExecutionContext& context) const override;
  void appendParameters(const std::string& module, NamedTensors& parameters) const override;
  std::size_t bytes() const override;

 private:
  at::Tensor weight_;
  at::Tensor bias_;
};

// The same with a frozen weight, packed; differentiable in its rows. If the processor has no bf16
// products (AVX2), a bf16 weight is kept in fp32: the same products, twice the memory.
class PackedLinear : public Linear {
 public:
  PackedLinear(const at::Tensor& weight, const at::Tensor& bias);
  at::Tensor forward(const at::Tensor& rows, ExecutionContext& context) const override;
  void appendParameters(const std::string&, NamedTensors&) const override {}
  std::size_t bytes() const override { return product_->bytes(); }

 private:
  bool widened_;
  std::shared_ptr<const PackedProduct> product_;
};

// Whether makeLinear() packs the weight, which is then not needed afterwards.
bool isPacked(const at::Tensor& weight);

// Packed if the weight is frozen and on the CPU, else dense.
std::unique_ptr<Linear> makeLinear(at::Tensor weight, at::Tensor bias);

// base(x) + scale * dropout(x) A^T B^T: low-rank adaptation (LoRA, arXiv 2106.09685). The base is
// frozen. Dropout acts only if gradients are recorded.
class AdaptedLinear : public Linear {
 public:
  // down [rank, inputs] is PEFT's lora_A, up [outputs, rank] its lora_B; both fp32.
  AdaptedLinear(std::unique_ptr<Linear> base, at::Tensor down, at::Tensor up, double scale,
                double dropout);
  at::Tensor forward(const at::Tensor& rows, ExecutionContext& context) const override;
  void appendParameters(const std::string& module, NamedTensors& parameters) const override;
  std::size_t bytes() const override;

 private:
  std::unique_ptr<Linear> base_;
  at::Tensor down_;
  at::Tensor up_;
  double scale_;
  double dropout_;
};

}  // namespace canvass
