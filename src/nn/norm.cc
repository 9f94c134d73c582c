#include "nn/norm.h"

#include "nn/kernel_call.h"

namespace canvass {
namespace {

struct Sizes {
  explicit Sizes(const at::Tensor& x) : size(x.size(-1)), rows(x.numel() / x.size(-1)) {}
  std::int64_t size;
  std::int64_t rows;
};

template <typename X, typename T>
void normalizeRows(const at::Tensor& x, const at::Tensor& weight, double epsilon, at::Tensor& out,
                   at::Tensor& inverse) {
  const auto& kernel = kernels::kernelsFor<T>();
  const auto [size, rows] = Sizes(x);
  overRows(rows, size, [&, size = size](std::int64_t first, std::int64_t count) {
    const X* from = kernelData<X>(x) + first * size;
    T* to = kernelData<T>(out) + first * size;
    float* scales = kernelData<float>(inverse) + first;
    const float* weights = kernelData<float>(weight);
    const auto margin = static_cast<float>(epsilon);
    if constexpr (std::is_same_v<X, T>) {
      kernel.normalize(from, weights, margin, to, scales, count, size);
    } else {
      kernel.normalizeWide(from, weights, margin, to, scales, count, size);
    }
  });
}

template <typename X, typename T>
void normalizeRowsBackward(const at::Tensor& gradient, const at::Tensor& x,
                           const at::Tensor& weight, const at::Tensor& inverse, at::Tensor& out) {
  const auto& kernel = kernels::kernelsFor<T>();
  const auto [size, rows] = Sizes(x);
  overRows(rows, size, [&, size = size](std::int64_t first, std::int64_t count) {
    const T* above = kernelData<T>(gradient) + first * size;
    const X* from = kernelData<X>(x) + first * size;
    X* to = kernelData<X>(out) + first * size;
    const float* scales = kernelData<float>(inverse) + first;
    const float* weights = kernelData<float>(weight);
    if constexpr (std::is_same_v<X, T>) {
      kernel.normalizeBackward(above, from, weights, scales, to, count, size);
    } else {
      kernel.normalizeWideBackward(above, from, weights, scales, to, count, size);
    }
  });
}

// Calls `call` with the kernels' types of x and of the result.
template <typename Call>
void withTypes(at::ScalarType x, at::ScalarType result, Call call) {
  withElementType(result, [&](auto element) {
    using T = decltype(element);
    if (x == result) {
      call(T{}, T{});
    } else {
      call(float{}, T{});
    }
  });
}

class RmsNorm : public torch::autograd::Function<RmsNorm> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x,
                            const at::Tensor& weight, double epsilon, std::int64_t type) {
    const auto resultType = static_cast<at::ScalarType>(type);
    at::Tensor out = at::empty(x.sizes(), x.options().dtype(resultType));
    at::Tensor inverse = at::empty({Sizes(x).rows}, at::kFloat);
    withTypes(x.scalar_type(), resultType, [&](auto from, auto to) {
      normalizeRows<decltype(from), decltype(to)>(x, weight, epsilon, out, inverse);
    });
    context->save_for_backward({x, weight, inverse});
    return out;
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const at::Tensor& x = saved[0];
    const at::Tensor& weight = saved[1];
    const at::Tensor& inverse = saved[2];
    const at::Tensor above = gradients[0].contiguous();
    at::Tensor xGradient = at::empty_like(x);
    withTypes(x.scalar_type(), above.scalar_type(), [&](auto from, auto to) {
      normalizeRowsBackward<decltype(from), decltype(to)>(above, x, weight, inverse, xGradient);
    });
    at::Tensor weightGradient;
    if (weight.requires_grad()) {
      const auto [size, rows] = Sizes(x);
      weightGradient = (above.to(at::kFloat) * x.to(at::kFloat))
                           .view({rows, size})
                           .mul(inverse.unsqueeze(1))
                           .sum(0);
    }
    return {xGradient, weightGradient, at::Tensor(), at::Tensor()};
  }
};

at::Tensor compositeNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon,
                         at::ScalarType type) {
  const at::Tensor wide = x.to(at::kFloat);
  const at::Tensor scale = at::rsqrt(wide.square().mean(-1, /*keepdim=*/true) + epsilon);
  return (wide * scale * weight).to(type);
}

}  // namespace

at::Tensor rmsNorm(const at::Tensor& x, const at::Tensor& weight, double epsilon,
                   at::ScalarType type, const ExecutionContext& context) {
  if (!servedByKernels(x, context)) return compositeNorm(x, weight, epsilon, type);
  return RmsNorm::apply(x.contiguous(), weight, epsilon, static_cast<std::int64_t>(type));
}

}  // namespace canvass
