#pragma once

#include <ATen/core/Tensor.h>

#include <functional>
#include <optional>
#include <vector>

#include "base/progress.h"
#include "engine/forest/workers.h"
#include "engine/training/train_options.h"
#include "nn/operation_times.h"

namespace canvass {

// One line of history.jsonl.
struct EpochRecord {
  std::size_t epoch = 0;  // from 1
  std::size_t updates = 0;
  double trainLoss = 0.0;                 // mean over items, while training
  std::optional<double> validLoss;        // mean over items, after the epoch
  std::optional<double> validSimilarity;  // mean js_similarity
  double learningRate = 0.0;              // at the epoch's end
  double seconds = 0.0;                   // training only
  double itemsPerSecond = 0.0;
  std::size_t computedTokens = 0;  // in training, after sharing prefixes
  WorkerPlan workers;              // of the last update
  OperationTimes operations;       // in training, of all workers together
};

struct TrainResult {
  std::vector<EpochRecord> history;
  std::size_t bestEpoch = 0;  // whose weights the model now has; the last one without validation
  bool stoppedEarly = false;  // by patience
  bool interrupted = false;   // by the user
  std::size_t trainedItems = 0;
};

// A model with the items that it learns: how its answers are computed is its own affair, the course
// of the training is train()'s.
class TrainingTask {
 public:
  // Means over the validation items.
  struct Validation {
    double loss = 0.0;
    double similarity = 0.0;  // js_similarity
  };

  virtual ~TrainingTask() = default;
  // Those that record gradients.
  virtual const std::vector<at::Tensor>& tensors() const = 0;
  // One for each item: its question, so that items of one can be drawn together.
  virtual const std::vector<std::size_t>& groups() const = 0;
  // Leaves the gradient of the batch's mean loss in the tensors; returns the sum of its items'
  // losses. Adds its work to the record.
  virtual double learn(const std::vector<std::size_t>& batch, EpochRecord& record) = 0;
  // Nothing without validation items.
  virtual std::optional<Validation> validate() const = 0;
};

// Called after each epoch, the model having that epoch's weights.
using EpochCallback = std::function<void(const EpochRecord&, bool isBest)>;

// Trains in batches and epochs as the options say. With validation items, the weights of the epoch
// with the least loss are restored at the end. Throws Error where the loss is no longer a number.
TrainResult train(TrainingTask& task, const TrainOptions& options, Progress& progress,
                  const EpochCallback& onEpoch = {});

}  // namespace canvass
