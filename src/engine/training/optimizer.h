#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <vector>

#include "engine/training/train_options.h"

namespace canvass {

// The factor on the learning rate at update `step` (from 0) of `total`, `perEpoch` in each epoch:
// a linear warm-up, then the schedule.
double scheduleFactor(const TrainOptions& options, std::size_t step, std::size_t total,
                      std::size_t perEpoch);

// AdamW's running means of a tensor's gradient and of its square; undefined before the first one.
struct Moments {
  at::Tensor first, second;
  std::size_t steps = 0;  // that the tensor has taken: none if it had no gradient
};

// What an optimizer remembers between its steps.
struct OptimizerState {
  std::size_t updates = 0;
  std::vector<Moments> moments;  // of each parameter; empty before the first optimizer
};

// AdamW (arXiv 1711.05101; beta1 0.9, epsilon 1e-8) with gradient clipping by norm and a
// learning-rate schedule. Only matrices are decayed: shrinking norms and biases does not help.
class Optimizer {
 public:
  // Resumes from `state` and keeps it up to date; it must outlive this, as must the options. Throws
  // Error if it is for other parameters.
  Optimizer(std::vector<at::Tensor> parameters, const TrainOptions& options, std::size_t totalSteps,
            std::size_t stepsPerEpoch, OptimizerState& state);

  // Clips, updates, clears the gradients; returns the gradient's norm before clipping.
  double step();
  double learningRate() const;  // of the last step, or of the first before that

 private:
  double rateAt(std::size_t update) const;

  std::vector<at::Tensor> parameters_;
  const TrainOptions& options_;
  std::size_t totalSteps_;
  std::size_t stepsPerEpoch_;
  OptimizerState& state_;
};

}  // namespace canvass
