#include "nn/recompute.h"

#include <torch/torch.h>

#include <utility>

#include "nn/dropout.h"

namespace canvass {
namespace {

using Step = std::function<at::Tensor(const at::Tensor&)>;

struct StepHolder : torch::CustomClassHolder {
  StepHolder(Step held, DropoutState before) : step(std::move(held)), dropout(before) {}
  Step step;
  DropoutState dropout;  // before the step
};

class Recomputed : public torch::autograd::Function<Recomputed> {
 public:
  // `anchor` records gradients, so that the step's own weights get theirs even where the input
  // needs none.
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& input,
                            const at::Tensor& anchor, const Step& step) {
    (void)anchor;
    context->save_for_backward({input});
    context->saved_data["step"] =
        c10::IValue::make_capsule(c10::make_intrusive<StepHolder>(step, dropoutState()));
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
    const auto& holder = *static_cast<StepHolder*>(capsule.get());
    const DropoutState later = std::exchange(dropoutState(), holder.dropout);
    const at::Tensor output = holder.step(input);
    dropoutState() = later;
    torch::autograd::backward({output}, {gradients[0]});
    return {input.grad(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

at::Tensor recomputed(const at::Tensor& input, const Step& step) {
  return Recomputed::apply(input, at::zeros({}, at::kFloat).requires_grad_(true), step);
}

}  // namespace canvass
