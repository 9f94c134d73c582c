#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace canvass {

using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

// rows [n, inputs] -> [n, outputs]. How the weight is stored (dense, adapted, later packed or
// quantised) is the implementation's own affair.
class Linear {
 public:
  virtual ~Linear() = default;
  virtual at::Tensor forward(const at::Tensor& rows) const = 0;
  // Appends the trainable tensors, named from `module` on.
  virtual void appendParameters(const std::string& module, NamedTensors& parameters) const = 0;
};

// y = x W^T + b, computed in the element type of x.
class DenseLinear : public Linear {
 public:
  // weight [outputs, inputs]; bias [outputs] or undefined.
  DenseLinear(at::Tensor weight, at::Tensor bias);
  at::Tensor forward(const at::Tensor& rows) const override;
  void appendParameters(const std::string& module, NamedTensors& parameters) const override;

 private:
  at::Tensor weight_;
  at::Tensor bias_;
};

// base(x) + scale * dropout(x) A^T B^T: low-rank adaptation (LoRA, arXiv 2106.09685). The base is
// frozen. Dropout acts only where gradients are recorded.
class AdaptedLinear : public Linear {
 public:
  // down [rank, inputs] is PEFT's lora_A, up [outputs, rank] its lora_B; both fp32.
  AdaptedLinear(std::unique_ptr<Linear> base, at::Tensor down, at::Tensor up, double scale,
                double dropout);
  at::Tensor forward(const at::Tensor& rows) const override;
  void appendParameters(const std::string& module, NamedTensors& parameters) const override;

 private:
  std::unique_ptr<Linear> base_;
  at::Tensor down_;
  at::Tensor up_;
  double scale_;
  double dropout_;
};

}  // namespace canvass
