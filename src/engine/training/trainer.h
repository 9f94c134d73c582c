#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/progress.h"
#include "engine/training/collective.h"
#include "engine/training/epoch_record.h"
#include "engine/training/train_options.h"
#include "engine/training/training_state.h"

namespace canvass {

struct TrainResult {
  std::vector<EpochRecord> history;
  std::size_t bestEpoch = 0;  // whose weights the model now has; the last one without validation
  bool stoppedEarly = false;  // by patience
  bool interrupted = false;   // by the user
  std::size_t trainedItems = 0;
};

// A model with the items that it learns: how its answers are computed is up to the task, the course
// of the training is up to train(). What is learned at once, such as the items that one prompt
// asks about, is an example.
class TrainingTask {
 public:
  struct Learned {
    double loss = 0.0;      // sum over the items
    std::size_t items = 0;  // that the examples answer
  };
  // Means over the validation items.
  struct Validation {
    double loss = 0.0;
    double similarity = 0.0;  // js_similarity
  };

  virtual ~TrainingTask() = default;
  // Those that record gradients.
  virtual const std::vector<at::Tensor>& tensors() const = 0;
  // One for each example: its question, so that examples of one can be drawn together.
  virtual const std::vector<std::size_t>& groups() const = 0;
  // Items of all examples.
  virtual std::size_t itemCount() const = 0;
  // Leaves the gradient of the mean loss over the batch's items in the tensors. Dropout uses the
  // seed and the following ones; the seed is advanced accordingly. Adds its work to the record.
  virtual Learned learn(const std::vector<std::size_t>& batch, std::uint64_t& dropoutSeed,
                        EpochRecord& record) = 0;
  // Nothing without validation items.
  virtual std::optional<Validation> validate() const = 0;
};

// Called after each epoch, and when the run is stopped within one, the model having the weights of
// that moment.
using EpochCallback = std::function<void(const EpochRecord&, bool isBest)>;

// Trains in batches and epochs as the options say, from `state` on, which it keeps up to date; a
// state that began with the same task and options and was stopped after any update ends in the same
// weights and the same history. With validation items, the weights of the epoch with the least loss
// are restored at the end. Throws Error if the loss is no longer a number, or the state belongs to
// another task.
TrainResult train(TrainingTask& task, const TrainOptions& options, TrainingState& state,
                  Progress& progress, const EpochCallback& onEpoch = {},
                  Collective& collective = onlyProcess());

}  // namespace canvass
