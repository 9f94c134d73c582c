#include "engine/training/trainer.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/stopwatch.h"
#include "engine/training/batches.h"
#include "engine/training/optimizer.h"

namespace canvass {
namespace {

std::vector<at::Tensor> copiesOf(const std::vector<at::Tensor>& tensors) {
  std::vector<at::Tensor> copies;
  for (const at::Tensor& tensor : tensors) copies.push_back(tensor.detach().clone());
  return copies;
}

void copyInto(const std::vector<at::Tensor>& tensors, const std::vector<at::Tensor>& values) {
  const c10::NoGradGuard noGradients;
  for (std::size_t i = 0; i < values.size(); ++i) tensors[i].copy_(values[i]);
}

// Throws Error if the state was not made by training these tensors.
void checkIsOf(const TrainingState& state, const std::vector<at::Tensor>& tensors) {
  if (state.weights.empty()) return;
  bool fits = state.weights.size() == tensors.size();
  for (std::size_t i = 0; fits && i < tensors.size(); ++i) {
    fits = state.weights[i].sizes() == tensors[i].sizes();
  }
  if (!fits) {
    throw Error("the training state is for tensors other than those being trained", {},
                "resume with the model and the settings that the training started with");
  }
}

// One training run; execute() reads as its table of contents. All of its progress is in the state.
class Run {
 public:
  Run(TrainingTask& task, const TrainOptions& options, TrainingState& state, Progress& progress,
      Collective& collective)
      : task_(task),
        options_(options),
        state_(state),
        progress_(progress),
        collective_(collective),
        examples_(task.groups().size()),
        stepsPerEpoch_((examples_ + options.batchSize - 1) / options.batchSize),
        optimizer_(task.tensors(), options, stepsPerEpoch_ * options.epochs, stepsPerEpoch_,
                   state.optimizer) {
    copyInto(task.tensors(), state.weights);
    state.weights = task.tensors();
  }

  TrainResult execute(const EpochCallback& onEpoch) {
    tellProgress("");
    while (!state_.stoppedEarly && state_.epoch <= options_.epochs) {
      if (!learnEpoch()) return stop(onEpoch);
      endEpoch(state_);
      report(state_, onEpoch);
    }
    copyInto(task_.tensors(), state_.bestWeights);
    return resultOf(state_, false);
  }

 private:
  // What is left of the epoch; false if progress asked to stop.
  bool learnEpoch() {
    state_.record.epoch = state_.epoch;
    RandomStream order = state_.order;
    const auto batches = drawBatches(task_.groups(), options_.batchSize, options_.runLength, order);
    const Stopwatch watch;
    bool stopped = false;
    while (!stopped && state_.position < batches.size()) {
      update(batches[state_.position]);
      ++state_.position;
      tellProgress(fmt::format("epoch {} loss {:.4f}", state_.epoch, meanLoss(state_)));
      stopped = sumOfAll({progress_.stopRequested() ? 1.0 : 0.0}, collective_)[0] > 0.0;
    }
    state_.record.seconds += watch.seconds();
    if (!stopped) state_.order = order;
    return !stopped;
  }

  void update(const std::vector<std::size_t>& batch) {
    const auto share = ownShare(batch, collective_);
    TrainingTask::Learned own;
    if (!share.empty()) own = task_.learn(share, state_.dropoutSeed, state_.record);
    const auto items = static_cast<double>(own.items);
    const std::vector<double> sums = sumOfAll({own.loss, items}, collective_);
    if (!std::isfinite(sums[0])) {
      throw Error("the training loss is no longer a number", {}, "lower the learning rate");
    }
    reduceGradients(task_.tensors(), items / sums[1], collective_);
    optimizer_.step();
    state_.lossOfEpoch += sums[0];
    state_.itemsOfEpoch += static_cast<std::size_t>(sums[1]);
  }

  void tellProgress(const std::string& note) {
    const std::size_t seen = std::min(state_.position * options_.batchSize, examples_);
    progress_.update((state_.epoch - 1) * examples_ + seen, options_.epochs * examples_, note);
  }

  static double meanLoss(const TrainingState& state) {
    return state.lossOfEpoch / static_cast<double>(state.itemsOfEpoch);
  }

  // Closes the epoch at its current state: its record goes into the history.
  void endEpoch(TrainingState& state) const {
    EpochRecord& record = state.record;
    record.updates = state.optimizer.updates;
    record.trainLoss = meanLoss(state);
    record.learningRate = optimizer_.learningRate();
    record.itemsPerSecond = static_cast<double>(state.itemsOfEpoch) / record.seconds;
    if (const auto validation = task_.validate()) {
      record.validLoss = validation->loss;
      record.validSimilarity = validation->similarity;
    }
    keepIfBest(state);
    state.history.push_back(record);
    record = {};
    state.lossOfEpoch = 0.0;
    state.itemsOfEpoch = 0;
    state.position = 0;
    ++state.epoch;
  }

  void keepIfBest(TrainingState& state) const {
    const EpochRecord& record = state.record;
    if (!record.validLoss || state.bestEpoch == 0 || *record.validLoss < state.bestLoss) {
      state.bestLoss = record.validLoss.value_or(0.0);
      state.bestEpoch = record.epoch;
      state.bestWeights = copiesOf(task_.tensors());
    } else if (options_.patience > 0 && record.epoch - state.bestEpoch >= options_.patience) {
      state.stoppedEarly = true;
    }
  }

  static void report(const TrainingState& state, const EpochCallback& onEpoch) {
    const EpochRecord& record = state.history.back();
    if (onEpoch) onEpoch(record, state.bestEpoch == record.epoch);
  }

  // The result is that of a run that ends here; the state is left so that training can resume.
  TrainResult stop(const EpochCallback& onEpoch) {
    TrainingState cut = state_;
    endEpoch(cut);
    report(cut, onEpoch);
    state_.weights = copiesOf(task_.tensors());
    copyInto(task_.tensors(), cut.bestWeights);
    return resultOf(cut, true);
  }

  TrainResult resultOf(const TrainingState& state, bool interrupted) const {
    return {state.history, state.bestEpoch, state.stoppedEarly, interrupted, task_.itemCount()};
  }

  TrainingTask& task_;
  const TrainOptions& options_;
  TrainingState& state_;
  Progress& progress_;
  Collective& collective_;
  std::size_t examples_;
  std::size_t stepsPerEpoch_;
  Optimizer optimizer_;
};

}  // namespace

TrainResult train(TrainingTask& task, const TrainOptions& options, TrainingState& state,
                  Progress& progress, const EpochCallback& onEpoch, Collective& collective) {
  if (task.groups().empty()) {
    throw Error("there is nothing to train on: the survey has no items");
  }
  checkIsOf(state, task.tensors());
  return Run(task, options, state, progress, collective).execute(onEpoch);
}

}  // namespace canvass
