#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/progress.h"
#include "engine/language_model.h"
#include "engine/train_options.h"
#include "engine/workers.h"
#include "nn/operation_times.h"
#include "survey/survey.h"

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

// Called after each epoch, the model having that epoch's weights.
using EpochCallback = std::function<void(const EpochRecord&, bool isBest)>;

// First-token alignment: minimises the divergence from the observed to the first-token
// distribution over the items of `train`, changing whatever tensors of the model record gradients.
// With `valid`, the weights of its best epoch are restored at the end. Throws Error where an item
// has no observed distribution.
TrainResult train(LanguageModel& model, const Survey& train, const Survey* valid,
                  const TrainOptions& options, Progress& progress,
                  const EpochCallback& onEpoch = {});

}  // namespace canvass
