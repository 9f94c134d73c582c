#include "nn/dropout.h"

#include "nn/kernel_call.h"

namespace canvass {
namespace {

// SplitMix64's finisher: neighboring states give unrelated seeds.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t nextSeed(DropoutState& state) { return mixed(mixed(state.seed) + ++state.drawn); }

at::Tensor droppedOut(const at::Tensor& x, std::int64_t seed, double keep) {
  at::Tensor out = at::empty_like(x);
  withElementType(x.scalar_type(), [&](auto element) {
    using T = decltype(element);
    overElements(x.numel(), [&](std::int64_t first, std::int64_t count) {
      kernels::kernelsFor<T>().dropout(kernelData<T>(x) + first, kernelData<T>(out) + first,
                                       static_cast<std::uint64_t>(seed), static_cast<float>(keep),
                                       first, count);
    });
  });
  return out;
}

// Stores the seed instead of the mask: the backward pass repeats the same decisions.
class Dropout : public torch::autograd::Function<Dropout> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x,
                            std::int64_t seed, double keep) {
    context->saved_data["seed"] = seed;
    context->saved_data["keep"] = keep;
    return droppedOut(x, seed, keep);
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    return {droppedOut(gradients[0].contiguous(), context->saved_data["seed"].toInt(),
                       context->saved_data["keep"].toDouble()),
            at::Tensor(), at::Tensor()};
  }
};

}  // namespace

at::Tensor dropout(const at::Tensor& x, double probability, ExecutionContext& context) {
  const std::uint64_t seed = nextSeed(context.dropout);
  if (!servedByKernels(x, context)) {
    at::manual_seed(seed);
    return at::dropout(x, probability, /*train=*/true);
  }
  return Dropout::apply(x.contiguous(), static_cast<std::int64_t>(seed), 1.0 - probability);
}

at::Tensor trainingDropout(const at::Tensor& x, double probability, ExecutionContext& context) {
  const bool drops = probability > 0.0 && at::GradMode::is_enabled();
  return drops ? dropout(x, probability, context) : x;
}

}  // namespace canvass
