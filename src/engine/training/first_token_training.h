#pragma once

#include "engine/language_model.h"
#include "engine/training/alignment_batch.h"
#include "engine/training/trainer.h"
#include "survey/survey.h"

namespace canvass {

// First-token alignment: minimizes the divergence from the observed to the first-token distribution
// over the items of `train`, asked as the options say, changing those tensors of the model that
// record gradients. With `valid`, the weights of its best epoch are restored at the end. The run
// resumes from `state` and keeps it up to date, as train() of any task does; without one it is a
// new run. Throws Error if an item has no observed distribution.
TrainResult train(LanguageModel& model, const Survey& train, const Survey* valid,
                  const TrainOptions& options, Progress& progress,
                  const EpochCallback& onEpoch = {}, TrainingState* state = nullptr);

// The same for items that are prompts already: `valid` may be of none.
TrainResult train(LanguageModel& model, AlignmentItems train, AlignmentItems valid,
                  const TrainOptions& options, Progress& progress,
                  const EpochCallback& onEpoch = {}, TrainingState* state = nullptr);

}  // namespace canvass
