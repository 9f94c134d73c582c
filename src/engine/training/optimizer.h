#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "engine/training/train_options.h"

namespace canvass {

// The factor on the learning rate at update `step` (from 0) of `total`, `perEpoch` in each epoch:
// a linear warm-up, then the schedule.
double scheduleFactor(const TrainOptions& options, std::size_t step, std::size_t total,
                      std::size_t perEpoch);

// AdamW (arXiv 1711.05101; beta1 0.9, epsilon 1e-8) with gradient clipping by norm and a
// learning-rate schedule. Only matrices are decayed: shrinking norms and biases helps nothing.
class Optimizer {
 public:
  Optimizer(std::vector<at::Tensor> parameters, const TrainOptions& options, std::size_t totalSteps,
            std::size_t stepsPerEpoch);
  ~Optimizer();

  // Clips, updates, clears the gradients; returns the gradient's norm before clipping.
  double step();
  double learningRate() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace canvass
