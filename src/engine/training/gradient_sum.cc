#include "engine/training/gradient_sum.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

namespace canvass {
namespace {

void addTo(at::Tensor& sum, const at::Tensor& gradient) {
  if (!gradient.defined()) return;
  if (sum.defined()) {
    sum.add_(gradient);
  } else {
    sum = gradient;
  }
}

}  // namespace

void GradientSum::add(std::size_t worker, const at::Tensor& loss) {
  if (sums_.size() == 1) {
    loss.backward();
    return;
  }
  const auto gradients =
      torch::autograd::grad({loss}, tensors_, {}, /*retain_graph=*/false, /*create_graph=*/false,
                            /*allow_unused=*/true);
  std::vector<at::Tensor>& sum = sums_[worker];
  sum.resize(tensors_.size());
  for (std::size_t i = 0; i < gradients.size(); ++i) addTo(sum[i], gradients[i]);
}

void GradientSum::finish() {
  for (const auto& sum : sums_) {
    for (std::size_t i = 0; i < sum.size(); ++i) {
      at::Tensor tensor = tensors_[i];
      addTo(tensor.mutable_grad(), sum[i]);
    }
  }
}

}  // namespace canvass
