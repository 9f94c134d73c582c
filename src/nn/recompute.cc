#include "nn/recompute.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>

#include <utility>

namespace canvass {
namespace {

struct StepHolder : torch::CustomClassHolder {
  StepHolder(RecomputedStep held, ExecutionContext entered)
      : step(std::move(held)), before(std::move(entered)) {}
  RecomputedStep step;
  ExecutionContext before;  // as the step found it
};

class Recomputed : public torch::autograd::Function<Recomputed> {
 public:
  // `anchor` records gradients, so that the step's own weights get theirs even if the input needs
  // none.
  static at::Tensor forward(torch::autograd::AutogradContext* node, const at::Tensor& input,
                            const at::Tensor& anchor, const RecomputedStep& step,
                            ExecutionContext* context) {
    (void)anchor;
    node->save_for_backward({input});
    node->saved_data["step"] =
        c10::IValue::make_capsule(c10::make_intrusive<StepHolder>(step, *context));
    // As in training, where dropout acts; what the step records is freed with its result's
    // history.
    const at::AutoGradMode recording(true);
    return step(input.detach(), *context).detach();
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* node,
                                                 torch::autograd::variable_list gradients) {
    const auto saved = node->get_saved_variables();
    const auto capsule = node->saved_data["step"].toCapsule();
    const at::AutoGradMode recording(true);
    const at::Tensor input = saved[0].detach().requires_grad_(true);
    const auto& holder = *static_cast<StepHolder*>(capsule.get());
    ExecutionContext context = holder.before;
    const at::Tensor output = holder.step(input, context);
    torch::autograd::backward({output}, {gradients[0]});
    return {input.grad(), at::Tensor(), at::Tensor(), at::Tensor()};
  }
};

}  // namespace

at::Tensor recomputed(const at::Tensor& input, const RecomputedStep& step,
                      ExecutionContext& context) {
  return Recomputed::apply(input, at::zeros({}, at::kFloat).requires_grad_(true), step, &context);
}

}  // namespace canvass
