#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "nn/execution_context.h"
#include "nn/frozen_matrix.h"
#include "nn/quantized_product.h"

namespace canvass {

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

// rows [n, inputs] -> [n, outputs]. How the weight is stored (dense, packed, quantized,
// adapted) is up to the implementation. Products, those of the backward pass too, add to the
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

// The same with a frozen weight; differentiable in its rows.
class FrozenLinear : public Linear {
 public:
  // type: of the rows that the weight multiplies; rows of another are converted, and back.
  FrozenLinear(std::shared_ptr<const FrozenMatrix> weight, std::optional<at::ScalarType> type = {})
      : weight_(std::move(weight)), type_(type) {}
  at::Tensor forward(const at::Tensor& rows, ExecutionContext& context) const override;
  void appendParameters(const std::string&, NamedTensors&) const override {}
  std::size_t bytes() const override { return weight_->bytes(); }

 private:
  std::shared_ptr<const FrozenMatrix> weight_;
  std::optional<at::ScalarType> type_;
};

// With a weight that stays quantized. bias [outputs] or undefined.
std::unique_ptr<Linear> makeQuantizedLinear(QuantizedRows weight, const at::Tensor& bias);

// Whether makeLinear() packs the weight, which is then not needed afterwards.
bool isPacked(const at::Tensor& weight);

// Packed if the weight is frozen and on the CPU, else dense. If the processor has no bf16 products
// (AVX2), a packed bf16 weight is kept in fp32: the same products, twice the memory.
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
