#include "engine/training/trainer.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include "base/error.h"
#include "base/random.h"
#include "base/stopwatch.h"
#include "engine/training/batches.h"
#include "engine/training/optimizer.h"

namespace canvass {
namespace {

// A copy of the trained weights, to come back to.
class Snapshot {
 public:
  void take(const std::vector<at::Tensor>& tensors) {
    copies_.clear();
    for (const at::Tensor& tensor : tensors) copies_.push_back(tensor.detach().clone());
  }
  void restore(const std::vector<at::Tensor>& tensors) const {
    const at::NoGradGuard noGradients;
    for (std::size_t i = 0; i < copies_.size(); ++i) tensors[i].copy_(copies_[i]);
  }

 private:
  std::vector<at::Tensor> copies_;
};

// The state of one training run; train() below reads as its table of contents.
class Run {
 public:
  Run(TrainingTask& task, const TrainOptions& options, Progress& progress)
      : task_(task),
        options_(options),
        progress_(progress),
        items_(task.groups().size()),
        stepsPerEpoch_((items_ + options.batchSize - 1) / options.batchSize),
        optimizer_(task.tensors(), options, stepsPerEpoch_ * options.epochs, stepsPerEpoch_),
        random_(options.seed, "batches") {}

  TrainResult execute(const EpochCallback& onEpoch) {
    result_.trainedItems = items_;
    for (std::size_t epoch = 1; epoch <= options_.epochs && !finished(); ++epoch) {
      EpochRecord record = trainEpoch(epoch);
      if (const auto validation = task_.validate()) {
        record.validLoss = validation->loss;
        record.validSimilarity = validation->similarity;
      }
      keepIfBest(record);
      result_.history.push_back(record);
      if (onEpoch) onEpoch(record, result_.bestEpoch == epoch);
    }
    best_.restore(task_.tensors());
    return std::move(result_);
  }

 private:
  bool finished() const { return result_.stoppedEarly || result_.interrupted; }

  EpochRecord trainEpoch(std::size_t epoch) {
    EpochRecord record;
    record.epoch = epoch;
    double lossOfEpoch = 0.0;
    std::size_t seen = 0;
    const Stopwatch watch;
    for (const auto& batch :
         drawBatches(task_.groups(), options_.batchSize, options_.runLength, random_)) {
      lossOfEpoch += update(batch, record);
      seen += batch.size();
      ++updates_;
      progress_.update(
          (epoch - 1) * items_ + seen, options_.epochs * items_,
          fmt::format("epoch {} loss {:.4f}", epoch, lossOfEpoch / static_cast<double>(seen)));
      if (progress_.stopRequested()) {
        result_.interrupted = true;
        break;
      }
    }
    record.seconds = watch.seconds();
    record.updates = updates_;
    record.trainLoss = lossOfEpoch / static_cast<double>(seen);
    record.learningRate = optimizer_.learningRate();
    record.itemsPerSecond = static_cast<double>(seen) / record.seconds;
    return record;
  }

  // One update from one batch. Returns the sum of the items' losses.
  double update(const std::vector<std::size_t>& batch, EpochRecord& record) {
    const double loss = task_.learn(batch, record);
    if (!std::isfinite(loss)) {
      throw Error("the training loss is no longer a number", {}, "lower the learning rate");
    }
    optimizer_.step();
    return loss;
  }

  void keepIfBest(const EpochRecord& record) {
    const bool better =
        !record.validLoss || result_.bestEpoch == 0 || *record.validLoss < bestLoss_;
    if (better) {
      bestLoss_ = record.validLoss.value_or(0.0);
      result_.bestEpoch = record.epoch;
      best_.take(task_.tensors());
    } else if (options_.patience > 0 && record.epoch - result_.bestEpoch >= options_.patience) {
      result_.stoppedEarly = true;
    }
  }

  TrainingTask& task_;
  const TrainOptions& options_;
  Progress& progress_;
  std::size_t items_;
  std::size_t stepsPerEpoch_;
  Optimizer optimizer_;
  RandomStream random_;
  Snapshot best_;
  double bestLoss_ = 0.0;
  std::size_t updates_ = 0;
  TrainResult result_;
};

}  // namespace

TrainResult train(TrainingTask& task, const TrainOptions& options, Progress& progress,
                  const EpochCallback& onEpoch) {
  if (task.groups().empty()) {
    throw Error("there is nothing to train on: the survey has no items");
  }
  return Run(task, options, progress).execute(onEpoch);
}

}  // namespace canvass
