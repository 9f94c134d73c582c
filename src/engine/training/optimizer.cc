#include "engine/training/optimizer.h"

#include <c10/core/GradMode.h>
#include <fmt/format.h>

// clip_grad.h needs what types.h declares.
// clang-format off
#include <torch/types.h>
#include <torch/nn/utils/clip_grad.h>
// clang-format on

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

constexpr double firstMomentDecay = 0.9;
constexpr double epsilon = 1e-8;

struct AdamSettings {
  double rate;
  double decay;  // of the weights
  double secondMomentDecay;
};

// One step of one parameter, by the operations of torch::optim::AdamW in their order: the same
// weights to the last bit.
void stepAdam(at::Tensor& parameter, Moments& moments, const AdamSettings& settings) {
  const at::Tensor& gradient = parameter.grad();
  if (!gradient.defined()) return;
  if (!moments.first.defined()) {
    moments.first = at::zeros_like(parameter);
    moments.second = at::zeros_like(parameter);
  }
  ++moments.steps;
  const auto steps = static_cast<double>(moments.steps);
  const double firstCorrection = 1.0 - std::pow(firstMomentDecay, steps);
  const double secondCorrection = 1.0 - std::pow(settings.secondMomentDecay, steps);
  if (settings.decay != 0.0) parameter.mul_(1.0 - settings.rate * settings.decay);
  moments.first.mul_(firstMomentDecay).add_(gradient, 1.0 - firstMomentDecay);
  moments.second.mul_(settings.secondMomentDecay)
      .addcmul_(gradient, gradient, 1.0 - settings.secondMomentDecay);
  const at::Tensor spread = (moments.second.sqrt() / std::sqrt(secondCorrection)).add_(epsilon);
  parameter.addcdiv_(moments.first, spread, -settings.rate / firstCorrection);
}

// Moves the moments to the device of their parameters.
void adopt(std::vector<Moments>& moments, const std::vector<at::Tensor>& parameters) {
  if (moments.empty()) moments.resize(parameters.size());
  if (moments.size() != parameters.size()) {
    throw Error(fmt::format("the optimizer state is for {} tensors, but the model trains {}",
                            moments.size(), parameters.size()));
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (!moments[i].first.defined()) continue;
    if (moments[i].first.sizes() != parameters[i].sizes()) {
      throw Error("the optimizer state is for tensors whose shapes differ from the model's");
    }
    moments[i].first = moments[i].first.to(parameters[i].device());
    moments[i].second = moments[i].second.to(parameters[i].device());
  }
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

Optimizer::Optimizer(std::vector<at::Tensor> parameters, const TrainOptions& options,
                     std::size_t totalSteps, std::size_t stepsPerEpoch, OptimizerState& state)
    : parameters_(std::move(parameters)),
      options_(options),
      totalSteps_(totalSteps),
      stepsPerEpoch_(stepsPerEpoch),
      state_(state) {
  adopt(state_.moments, parameters_);
}

double Optimizer::step() {
  const double clip = options_.gradientClip > 0.0 ? options_.gradientClip : INFINITY;
  const double norm = torch::nn::utils::clip_grad_norm_(parameters_, clip);
  const c10::NoGradGuard noGradients;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const double decay = parameters_[i].dim() >= 2 ? options_.weightDecay : 0.0;
    stepAdam(parameters_[i], state_.moments[i],
             {rateAt(state_.updates), decay, options_.secondMomentDecay});
    // Not zeroed: the next gradient is then stored as is instead of being added.
    parameters_[i].mutable_grad().reset();
  }
  ++state_.updates;
  return norm;
}

double Optimizer::rateAt(std::size_t update) const {
  return options_.learningRate * scheduleFactor(options_, update, totalSteps_, stepsPerEpoch_);
}

double Optimizer::learningRate() const {
  return rateAt(state_.updates == 0 ? 0 : state_.updates - 1);
}

}  // namespace canvass
