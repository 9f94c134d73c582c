#include "engine/training/collective.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

namespace canvass {
namespace {

class OnlyProcess : public Collective {
 public:
  std::size_t rank() const override { return 0; }
  std::size_t size() const override { return 1; }
  void reduce(at::Tensor&) override {}
  std::vector<std::vector<double>> gather(const std::vector<double>& own) override { return {own}; }
};

}  // namespace

Collective& onlyProcess() {
  static OnlyProcess process;
  return process;
}

std::vector<std::size_t> ownShare(const std::vector<std::size_t>& batch,
                                  const Collective& collective) {
  const auto border = [&](std::size_t rank) {
    return batch.begin() + static_cast<std::ptrdiff_t>(batch.size() * rank / collective.size());
  };
  return {border(collective.rank()), border(collective.rank() + 1)};
}

std::vector<double> sumOfAll(const std::vector<double>& own, Collective& collective) {
  std::vector<double> sums(own.size(), 0.0);
  for (const std::vector<double>& numbers : collective.gather(own)) {
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += numbers[i];
  }
  return sums;
}

void reduceGradients(const std::vector<at::Tensor>& tensors, double weight,
                     Collective& collective) {
  if (collective.size() == 1) return;  // the sum of one is itself
  const c10::NoGradGuard noGradients;
  for (at::Tensor tensor : tensors) {
    at::Tensor& gradient = tensor.mutable_grad();
    gradient = gradient.defined() ? gradient * weight : at::zeros_like(tensor);
    collective.reduce(gradient);
  }
}

}  // namespace canvass
