#pragma once

#include <cstddef>
#include <string>

#include "engine/training/trainer.h"
#include "model_tasks/training_plan.h"

namespace canvass {

// Why the run has its settings, if the user named none; else empty.
std::string presetText(const TrainingPlan& plan, const TrainingChoice& choice);

// "epoch 3/40: loss 0.1234, valid loss 0.1300, valid js_similarity 0.8900 (best), 95 items/s, 4 s".
std::string epochText(const EpochRecord& record, std::size_t epochs, bool isBest);

}  // namespace canvass
