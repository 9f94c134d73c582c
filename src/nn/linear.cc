#include "nn/linear.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>

#include "nn/dropout.h"
#include "nn/packed_product.h"

namespace canvass {
namespace {

// multiply() gives the product of `rows` [n, inner] with a matrix, [n, outer].
template <typename Multiply>
at::Tensor timed(const at::Tensor& rows, OperationTimes& times, Multiply multiply) {
  const Timed timed(times.productSeconds);
  at::Tensor out = multiply();
  times.productOperations += 2.0 * static_cast<double>(rows.numel() * out.size(1));
  return out;
}

// Trained weights are kept in fp32 and cast for each product.
at::Tensor product(const at::Tensor& rows, const at::Tensor& weight, const at::Tensor& bias,
                   const ExecutionContext& context) {
  return timed(rows, *context.times, [&] {
    const auto type = rows.scalar_type();
    return at::linear(rows, weight.to(type), bias.defined() ? bias.to(type) : bias);
  });
}

// Keeps the weight alive until the backward pass, and the times that it adds to.
struct ProductHolder : torch::CustomClassHolder {
  ProductHolder(std::shared_ptr<const FrozenMatrix> held, std::shared_ptr<OperationTimes> spent)
      : product(std::move(held)), times(std::move(spent)) {}
  std::shared_ptr<const FrozenMatrix> product;
  std::shared_ptr<OperationTimes> times;
};

class FrozenProduct : public torch::autograd::Function<FrozenProduct> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& rows,
                            const std::shared_ptr<const FrozenMatrix>& product,
                            const std::shared_ptr<OperationTimes>& times) {
    context->saved_data["product"] =
        c10::IValue::make_capsule(c10::make_intrusive<ProductHolder>(product, times));
    return timed(rows, *times, [&] { return product->forward(rows); });
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto capsule = context->saved_data["product"].toCapsule();
    const auto& holder = *static_cast<ProductHolder*>(capsule.get());
    const at::Tensor& above = gradients[0];
    return {timed(above, *holder.times, [&] { return holder.product->backward(above); }),
            at::Tensor(), at::Tensor()};
  }
};

}  // namespace

DenseLinear::DenseLinear(at::Tensor weight, at::Tensor bias)
    : weight_(std::move(weight)), bias_(std::move(bias)) {}

at::Tensor DenseLinear::forward(const at::Tensor& rows, ExecutionContext& context) const {
  return product(rows, weight_, bias_, context);
}

void DenseLinear::appendParameters(const std::string& module, NamedTensors& parameters) const {
  parameters.emplace_back(module + ".weight", weight_);
  if (bias_.defined()) parameters.emplace_back(module + ".bias", bias_);
}

std::size_t DenseLinear::bytes() const {
  return weight_.nbytes() + (bias_.defined() ? bias_.nbytes() : 0);
}

namespace {

bool processorMultipliesBfloat16() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
         __builtin_cpu_supports("avx512vl") != 0;
#else
  return false;
#endif
}

}  // namespace

at::Tensor FrozenLinear::forward(const at::Tensor& rows, ExecutionContext& context) const {
  if (type_ && rows.scalar_type() != *type_) {
    return forward(rows.to(*type_), context).to(rows.scalar_type());
  }
  if (at::GradMode::is_enabled() && rows.requires_grad()) {
    return FrozenProduct::apply(rows, weight_, context.times);
  }
  return timed(rows, *context.times, [&] { return weight_->forward(rows); });
}

bool isPacked(const at::Tensor& weight) { return weight.is_cpu() && !weight.requires_grad(); }

std::unique_ptr<Linear> makeLinear(at::Tensor weight, at::Tensor bias) {
  if (!isPacked(weight)) return std::make_unique<DenseLinear>(std::move(weight), std::move(bias));
  if (weight.scalar_type() != at::kBFloat16 || processorMultipliesBfloat16()) {
    return std::make_unique<FrozenLinear>(std::make_shared<PackedProduct>(weight, bias));
  }
  const at::Tensor widened = bias.defined() ? bias.to(at::kFloat) : bias;
  return std::make_unique<FrozenLinear>(
      std::make_shared<PackedProduct>(weight.to(at::kFloat), widened), at::kFloat);
}

std::unique_ptr<Linear> makeQuantizedLinear(QuantizedRows weight, const at::Tensor& bias) {
  return std::make_unique<FrozenLinear>(std::make_shared<QuantizedProduct>(std::move(weight), bias),
                                        at::kFloat);
}

AdaptedLinear::AdaptedLinear(std::unique_ptr<Linear> base, at::Tensor down, at::Tensor up,
                             double scale, double dropout)
    : base_(std::move(base)),
      down_(std::move(down)),
      up_(std::move(up)),
      scale_(scale),
      dropout_(dropout) {}

at::Tensor AdaptedLinear::forward(const at::Tensor& rows, ExecutionContext& context) const {
  const at::Tensor kept = trainingDropout(rows, dropout_, context);
  const at::Tensor up = up_.to(rows.scalar_type());
  const at::Tensor low = product(kept, down_, at::Tensor(), context);
  return at::addmm(base_->forward(rows, context), low, up.t(), 1.0, scale_);
}

void AdaptedLinear::appendParameters(const std::string& module, NamedTensors& parameters) const {
  parameters.emplace_back(module + ".lora_A.weight", down_);
  parameters.emplace_back(module + ".lora_B.weight", up_);
}

std::size_t AdaptedLinear::bytes() const { return base_->bytes() + down_.nbytes() + up_.nbytes(); }

}  // namespace canvass
