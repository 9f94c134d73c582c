#include "nn/elementwise.h"

#include "nn/kernel_call.h"

namespace canvass {
namespace {

struct SiluGate {
  template <typename T>
  static const kernels::GateKernels<T>& kernels() {
    return kernels::kernelsFor<T>().siluGate;
  }
};

struct GeluGate {
  template <typename T>
  static const kernels::GateKernels<T>& kernels() {
    return kernels::kernelsFor<T>().geluGate;
  }
};

// activation(gate) * up.
template <typename Gate>
class Gated : public torch::autograd::Function<Gated<Gate>> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& gate,
                            const at::Tensor& up) {
    at::Tensor out = at::empty_like(gate);
    withElementType(gate.scalar_type(), [&](auto element) {
      using T = decltype(element);
      overElements(gate.numel(), [&](std::int64_t first, std::int64_t count) {
        Gate::template kernels<T>().forward(kernelData<T>(gate) + first, kernelData<T>(up) + first,
                                            kernelData<T>(out) + first, count);
      });
    });
    context->save_for_backward({gate, up});
    return out;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor above = gradients[0].contiguous();
    at::Tensor gateGradient = at::empty_like(above);
    at::Tensor upGradient = at::empty_like(above);
    withElementType(above.scalar_type(), [&](auto element) {
      using T = decltype(element);
      overElements(above.numel(), [&](std::int64_t first, std::int64_t count) {
        Gate::template kernels<T>().backward(
            kernelData<T>(above) + first, kernelData<T>(saved[0]) + first,
            kernelData<T>(saved[1]) + first, kernelData<T>(gateGradient) + first,
            kernelData<T>(upGradient) + first, count);
      });
    });
    return {gateGradient, upGradient};
  }
};

void addInto(const at::Tensor& stream, const at::Tensor& delta, const at::Tensor& out) {
  withElementType(delta.scalar_type(), [&](auto element) {
    using T = decltype(element);
    overElements(stream.numel(), [&](std::int64_t first, std::int64_t count) {
      kernels::kernelsFor<T>().add(kernelData<float>(stream) + first, kernelData<T>(delta) + first,
                                   kernelData<float>(out) + first, count);
    });
  });
}

class AddToStream : public torch::autograd::Function<AddToStream> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& stream,
                            const at::Tensor& delta) {
    context->saved_data["type"] = static_cast<std::int64_t>(delta.scalar_type());
    at::Tensor out = at::empty_like(stream);
    addInto(stream, delta, out);
    return out;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto type = static_cast<at::ScalarType>(context->saved_data["type"].toInt());
    return {gradients[0], gradients[0].to(type)};
  }
};

}  // namespace

at::Tensor gatedSilu(const at::Tensor& gate, const at::Tensor& up,
                     const ExecutionContext& context) {
  if (!servedByKernels(gate, context)) return at::silu(gate) * up;
  return Gated<SiluGate>::apply(gate.contiguous(), up.contiguous());
}

at::Tensor gatedGelu(const at::Tensor& gate, const at::Tensor& up,
                     const ExecutionContext& context) {
  if (!servedByKernels(gate, context)) return at::gelu(gate, "tanh") * up;
  return Gated<GeluGate>::apply(gate.contiguous(), up.contiguous());
}

at::Tensor capped(const at::Tensor& x, double cap, const ExecutionContext& context) {
  // Only logits of answers are ever differentiated, and they are few.
  if (!servedByKernels(x, context) || (at::GradMode::is_enabled() && x.requires_grad())) {
    return (x.to(at::kFloat) / cap).tanh() * cap;
  }
  const at::Tensor from = x.contiguous();
  at::Tensor out = at::empty(from.sizes(), from.options().dtype(at::kFloat));
  withElementType(from.scalar_type(), [&](auto element) {
    using T = decltype(element);
    overElements(from.numel(), [&](std::int64_t first, std::int64_t count) {
      kernels::kernelsFor<T>().cap(kernelData<T>(from) + first, static_cast<float>(cap),
                                   kernelData<float>(out) + first, count);
    });
  });
  return out;
}

at::Tensor addToStream(const at::Tensor& stream, const at::Tensor& delta,
                       const ExecutionContext& context) {
  if (!servedByKernels(stream, context)) return stream + delta.to(at::kFloat);
  if (at::GradMode::is_enabled()) return AddToStream::apply(stream, delta.contiguous());
  addInto(stream, delta.contiguous(), stream);
  return stream;
}

}  // namespace canvass
