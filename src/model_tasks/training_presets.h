#pragma once

#include <optional>
#include <span>
#include <string>

#include "engine/training/train_options.h"
#include "model_files/model_files.h"

namespace canvass {

enum class TrainingMethod {
  lora,  // an adapter next to frozen weights
  full,  // every weight
  head,  // what scores an encoder's options
};

const char* methodName(TrainingMethod method);  // "lora", "full", "head"
// Throws Error that lists the known ones.
TrainingMethod parseMethod(const std::string& name);

// Settings that go together.
struct TrainingPreset {
  const char* name;
  const char* description;  // what it is for
  TrainingMethod method;
  bool forEncoders;
  double dropout;  // of an adapter, or of an encoder and its head
  TrainOptions (*options)();
};

std::span<const TrainingPreset> trainingPresets();
// Throws Error that lists the known ones.
const TrainingPreset& findTrainingPreset(const std::string& name);

// The preset for the kind of model: an encoder, an untrained new model (isNewModel), or any other
// decoder. If a method is given, a preset with that method if there is one.
const TrainingPreset& presetFor(const ModelFiles& model, std::optional<TrainingMethod> method);

}  // namespace canvass
