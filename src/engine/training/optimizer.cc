#include "engine/training/optimizer.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace canvass {
namespace {

torch::optim::AdamW makeAdam(const std::vector<at::Tensor>& parameters,
                             const TrainOptions& options) {
  std::vector<at::Tensor> matrices;
  std::vector<at::Tensor> vectors;
  for (const at::Tensor& tensor : parameters) {
    (tensor.dim() >= 2 ? matrices : vectors).push_back(tensor);
  }
  const auto decayed = torch::optim::AdamWOptions(options.learningRate)
                           .betas({0.9, options.secondMomentDecay})
                           .weight_decay(options.weightDecay);
  auto kept = decayed;
  kept.weight_decay(0.0);
  std::vector<torch::optim::OptimizerParamGroup> groups;
  groups.emplace_back(matrices, std::make_unique<torch::optim::AdamWOptions>(decayed));
  groups.emplace_back(vectors, std::make_unique<torch::optim::AdamWOptions>(kept));
  // Torch 2 takes a group's setting that has the class's default value for one that was not given,
  // and puts the setting below in its place.
  return torch::optim::AdamW(groups, decayed);
}

}  // namespace

double scheduleFactor(const TrainOptions& options, std::size_t step, std::size_t total,
                      std::size_t perEpoch) {
  const auto warmUp =
      static_cast<std::size_t>(std::llround(options.warmUpShare * static_cast<double>(total)));
  if (step < warmUp) return static_cast<double>(step + 1) / static_cast<double>(warmUp);
  const double remaining = static_cast<double>(std::max<std::size_t>(total - warmUp, 1));
  const double progress = static_cast<double>(step - warmUp) / remaining;
  switch (options.schedule) {
    case Schedule::constant:
      return 1.0;
    case Schedule::linear:
      return 1.0 - progress;
    case Schedule::cosine:
      return 0.5 * (1.0 + std::cos(std::numbers::pi * progress));
    case Schedule::step:
      return std::pow(options.epochDecay,
                      static_cast<double>(step / std::max<std::size_t>(perEpoch, 1)));
  }
  return 1.0;
}

struct Optimizer::Implementation {
  std::vector<at::Tensor> parameters;
  TrainOptions options;
  std::size_t totalSteps;
  std::size_t stepsPerEpoch;
  std::size_t done = 0;
  torch::optim::AdamW adam;

  void setLearningRate() {
    const double rate =
        options.learningRate * scheduleFactor(options, done, totalSteps, stepsPerEpoch);
    for (auto& group : adam.param_groups()) {
      static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate);
    }
  }
};

Optimizer::Optimizer(std::vector<at::Tensor> parameters, const TrainOptions& options,
                     std::size_t totalSteps, std::size_t stepsPerEpoch)
    : implementation_(new Implementation{parameters, options, totalSteps, stepsPerEpoch, 0,
                                         makeAdam(parameters, options)}) {
  implementation_->setLearningRate();
}

Optimizer::~Optimizer() = default;

double Optimizer::step() {
  Implementation& self = *implementation_;
  const double clip = self.options.gradientClip > 0.0 ? self.options.gradientClip : INFINITY;
  const double norm = torch::nn::utils::clip_grad_norm_(self.parameters, clip);
  self.setLearningRate();
  self.adam.step();
  // Not zeroed: the next gradient is taken over as it comes instead of being added.
  for (at::Tensor& parameter : self.parameters) parameter.mutable_grad().reset();
  ++self.done;
  return norm;
}

double Optimizer::learningRate() const {
  const auto& group = implementation_->adam.param_groups()[0];
  return static_cast<const torch::optim::AdamWOptions&>(group.options()).lr();
}

}  // namespace canvass
