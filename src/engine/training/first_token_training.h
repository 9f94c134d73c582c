#pragma once

#include "engine/language_model.h"
#include "engine/training/trainer.h"
#include "survey/survey.h"

namespace canvass {

// First-token alignment: minimises the divergence from the observed to the first-token
// distribution over the items of `train`, changing whatever tensors of the model record gradients.
// With `valid`, the weights of its best epoch are restored at the end. Throws Error where an item
// has no observed distribution.
TrainResult train(LanguageModel& model, const Survey& train, const Survey* valid,
                  const TrainOptions& options, Progress& progress,
                  const EpochCallback& onEpoch = {});

}  // namespace canvass
