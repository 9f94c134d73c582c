#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/random.h"
#include "engine/training/epoch_record.h"
#include "engine/training/optimizer.h"

namespace canvass {

// The state of a training run after any of its updates: everything except its items and its
// options. A run that resumes from it ends as if it had never been stopped. Tensors are shared, not
// copied, when a state is copied.
struct TrainingState {
  // Of a run that has not started.
  explicit TrainingState(std::uint64_t seed);

  std::size_t epoch = 1;      // under way, from 1
  std::size_t position = 0;   // in the epoch: batches learned
  RandomStream order;         // of the batches, as it is before those of this epoch are drawn
  std::uint64_t dropoutSeed;  // of the next forward pass
  double lossOfEpoch = 0.0;   // sum over the items learned in this epoch
  std::size_t itemsOfEpoch = 0;
  EpochRecord record;        // the work of this epoch so far
  OptimizerState optimizer;  // with the number of updates
  // What is trained, in the order of TrainingTask::tensors(): while a run is active, its own
  // tensors; copies if it was stopped; empty before it begins.
  std::vector<at::Tensor> weights;
  std::vector<at::Tensor> bestWeights;  // of the best epoch; empty before there is one
  std::size_t bestEpoch = 0;            // 0 before there is one
  double bestLoss = 0.0;                // its validation loss, if there is validation
  bool stoppedEarly = false;            // by patience
  std::vector<EpochRecord> history;     // of the epochs that have ended
};

// One safetensors file, atomically: the tensors, and the rest as JSON in its metadata. Loading
// throws Error naming the file and what is missing from it.
void saveTrainingState(const TrainingState& state, const std::filesystem::path& file);
TrainingState loadTrainingState(const std::filesystem::path& file);

}  // namespace canvass
