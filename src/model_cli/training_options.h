#pragma once

#include "model_tasks/training_plan.h"

namespace CLI {
class App;
}

namespace canvass {

// The options of `train`, all without a default: what is not given is the preset's.
void addTrainingOptions(CLI::App& verb, TrainingChoice& choice);

}  // namespace canvass
