#pragma once

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "base/random.h"
#include "engine/training/trainer.h"

namespace canvass::test {

// Learns y = x w + b by least squares, a share of x dropped at random: trained in no time, by the
// whole course of training.
class RegressionTask : public TrainingTask {
 public:
  explicit RegressionTask(double dropout = 0.0) : dropout_(dropout) {
    RandomStream random(1, "regression");
    const auto filled = [&](at::IntArrayRef sizes) {
      at::Tensor tensor = at::empty(sizes);
      for (std::int64_t i = 0; i < tensor.numel(); ++i) {
        tensor.view({-1})[i] = static_cast<float>(random.normal());
      }
      return tensor;
    };
    x_ = filled({items, 4});
    y_ = filled({items, 1});
    tensors_ = {filled({4, 1}).set_requires_grad(true), filled({1}).set_requires_grad(true)};
    for (std::size_t i = 0; i < items; ++i) groups_.push_back(i % 3);
  }

  const std::vector<at::Tensor>& tensors() const override { return tensors_; }
  const std::vector<std::size_t>& groups() const override { return groups_; }
  std::size_t itemCount() const override { return items; }

  Learned learn(const std::vector<std::size_t>& batch, std::uint64_t& dropoutSeed,
                EpochRecord& record) override {
    at::Tensor loss = at::zeros({});
    for (const std::size_t item : batch) loss = loss + lossOf(item, dropoutSeed);
    (loss / static_cast<double>(batch.size())).backward();
    record.computedTokens += batch.size();
    return {loss.item<double>(), batch.size()};
  }

  // Of other answers than those learned: it is least somewhere on the way.
  std::optional<Validation> validate() const override {
    const c10::NoGradGuard noGradients;
    const at::Tensor errors = x_.matmul(tensors_[0]) + tensors_[1] - 0.5 * y_ - 0.2;
    return Validation{errors.square().mean().item<double>(), 0.5};
  }

 private:
  static constexpr std::size_t items = 7;

  at::Tensor lossOf(std::size_t item, std::uint64_t& dropoutSeed) const {
    at::Tensor row = x_[static_cast<std::int64_t>(item)].clone();
    if (dropout_ > 0.0) {
      RandomStream random(dropoutSeed++, "dropped");
      for (std::int64_t i = 0; i < row.numel(); ++i) {
        if (random.uniform() < dropout_) row[i] = 0.0F;
      }
    }
    return (row.matmul(tensors_[0]) + tensors_[1] - y_[static_cast<std::int64_t>(item)])
        .square()
        .sum();
  }

  double dropout_;
  at::Tensor x_, y_;
  std::vector<at::Tensor> tensors_;
  std::vector<std::size_t> groups_;
};

}  // namespace canvass::test
