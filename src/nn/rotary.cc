#include "nn/rotary.h"

#include "nn/kernel_call.h"

namespace canvass {
namespace {

at::Tensor rotated(const at::Tensor& heads, const at::Tensor& cosine, const at::Tensor& sine,
                   float direction) {
  at::Tensor out = at::empty_like(heads);
  const std::int64_t count = heads.size(1);
  const std::int64_t size = heads.size(2);
  const std::int64_t half = size / 2;
  withElementType(heads.scalar_type(), [&](auto element) {
    using T = decltype(element);
    overRows(heads.size(0), count * size, [&](std::int64_t first, std::int64_t rows) {
      kernels::kernelsFor<T>().rotate(
          kernelData<T>(heads) + first * count * size, kernelData<float>(cosine) + first * half,
          kernelData<float>(sine) + first * half, kernelData<T>(out) + first * count * size, rows,
          count, half, direction);
    });
  });
  return out;
}

class Rotation : public torch::autograd::Function<Rotation> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& heads,
                            const at::Tensor& cosine, const at::Tensor& sine) {
    context->save_for_backward({cosine, sine});
    return rotated(heads, cosine, sine, 1.0F);
  }

  // The transpose of a rotation turns back.
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    return {rotated(gradients[0].contiguous(), saved[0], saved[1], -1.0F), at::Tensor(),
            at::Tensor()};
  }
};

at::Tensor compositeRotation(const at::Tensor& heads, const Rotary::Angles& angles) {
  const auto halves = heads.to(at::kFloat).chunk(2, -1);
  const at::Tensor first = halves[0] * angles.cosine - halves[1] * angles.sine;
  const at::Tensor second = halves[1] * angles.cosine + halves[0] * angles.sine;
  return at::cat({first, second}, -1).to(heads.scalar_type());
}

}  // namespace

Rotary::Rotary(at::Tensor inverseFrequencies, double amplitude)
    : inverseFrequencies_(std::move(inverseFrequencies)), amplitude_(amplitude) {}

Rotary::Angles Rotary::anglesAt(const at::Tensor& positions) const {
  const at::Tensor angles =
      (positions.to(at::kFloat).unsqueeze(1) * inverseFrequencies_).unsqueeze(1);
  if (amplitude_ == 1.0) return {angles.cos(), angles.sin()};
  return {angles.cos() * amplitude_, angles.sin() * amplitude_};
}

at::Tensor Rotary::apply(const at::Tensor& heads, const Angles& angles,
                         const ExecutionContext& context) {
  if (!servedByKernels(heads, context)) return compositeRotation(heads, angles);
  return Rotation::apply(heads.contiguous(), angles.cosine, angles.sine);
}

}  // namespace canvass
