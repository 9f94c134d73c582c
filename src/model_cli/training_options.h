#pragma once

#include "model_tasks/training_plan.h"

namespace CLI {
class App;
}

namespace canvass {

// The options of `train`, none with a default: what is not given comes from the preset.
void addTrainingOptions(CLI::App& verb, TrainingChoice& choice);

}  // namespace canvass
