#include "nn/recompute.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <mutex>
#include <utility>

namespace canvass {
namespace {

using Step = std::function<at::Tensor(const at::Tensor&)>;

at::Tensor generatorState() {
  at::Generator generator = at::detail::getDefaultCPUGenerator();
  const std::lock_guard lock(generator.mutex());
  return generator.get_state();
}

void setGeneratorState(const at::Tensor& state) {
  at::Generator generator = at::detail::getDefaultCPUGenerator();
  const std::lock_guard lock(generator.mutex());
  generator.set_state(state);
}

struct StepHolder : torch::CustomClassHolder {
  explicit StepHolder(Step held) : step(std::move(held)) {}
  Step step;
};

class Recomputed : public torch::autograd::Function<Recomputed> {
 public:
  // `anchor` records gradients, so that the step's own weights get theirs even where the input
  // needs none.
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input,
                            const at::Tensor& anchor, const Step& step) {
    (void)anchor;
    context->save_for_backward({input, generatorState()});
    context->saved_data["step"] = c10::IValue::make_capsule(c10::make_intrusive<StepHolder>(step));
    // As in training, where dropout acts; what the step records goes with its result's history.
    const at::AutoGradMode recording(true);
    return step(input.detach()).detach();
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = context->get_saved_variables();
    const auto capsule = context->saved_data["step"].toCapsule();
    const at::AutoGradMode recording(true);
    const at::Tensor input = saved[0].detach().requires_grad_(true);
    const at::Tensor later = generatorState();
    setGeneratorState(saved[1]);
    const at::Tensor output = static_cast<StepHolder*>(capsule.get())->step(input);
    setGeneratorState(later);
    torch::autograd::backward({output}, {gradients[0]});
    return {input.grad(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

at::Tensor recomputed(const at::Tensor& input, const Step& step) {
  return Recomputed::apply(input, at::zeros({}, at::kFloat).requires_grad_(true), step);
}

}  // namespace canvass
