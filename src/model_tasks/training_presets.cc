#include "model_tasks/training_presets.h"

#include <algorithm>

#include "base/error.h"
#include "engine/new_model.h"
#include "model_files/encoder_config.h"
#include "option_scorer/scorer_training.h"

namespace canvass {
namespace {

TrainOptions adapterOptions() {
  TrainOptions options;
  options.asking = findTemplate("paper");
  return options;
}

TrainOptions newModelOptions() {
  TrainOptions options;
  options.asking = findTemplate("question-first");
  options.epochs = 40;
  options.batchSize = 128;
  options.runLength = 8;
  options.learningRate = 3e-3;
  options.weightDecay = 0.1;
  options.secondMomentDecay = 0.99;
  options.warmUpShare = 0.05;
  options.schedule = Schedule::cosine;
  return options;
}

constexpr TrainingPreset presets[] = {
    {"adapter", "an adapter for a trained model", TrainingMethod::lora, false, 0.05,
     adapterOptions},
    {"new-model", "all of a model that canvass init made", TrainingMethod::full, false, 0.0,
     newModelOptions},
    {"encoder", "the head of an encoder", TrainingMethod::head, true, 0.1,
     [] { return headTraining().options; }},
    {"encoder-whole", "all of an encoder, after its head", TrainingMethod::full, true, 0.1,
     [] { return wholeTraining().options; }},
};

struct NamedMethod {
  TrainingMethod method;
  const char* name;
};

constexpr NamedMethod methods[] = {
    {TrainingMethod::lora, "lora"}, {TrainingMethod::full, "full"}, {TrainingMethod::head, "head"}};

}  // namespace

const char* methodName(TrainingMethod method) {
  return std::ranges::find(methods, method, &NamedMethod::method)->name;
}

TrainingMethod parseMethod(const std::string& name) {
  for (const NamedMethod& known : methods) {
    if (name == known.name) return known.method;
  }
  throw Error("the method \"" + name + "\" is not known", {}, "choose lora, full or head");
}

std::span<const TrainingPreset> trainingPresets() { return presets; }

const TrainingPreset& findTrainingPreset(const std::string& name) {
  for (const TrainingPreset& preset : presets) {
    if (name == preset.name) return preset;
  }
  throw Error("the preset \"" + name + "\" is not known", {},
              "choose adapter, new-model, encoder or encoder-whole");
}

const TrainingPreset& presetFor(const ModelFiles& model, std::optional<TrainingMethod> method) {
  if (isEncoder(model)) {
    return findTrainingPreset(method == TrainingMethod::full ? "encoder-whole" : "encoder");
  }
  const bool all = method.value_or(TrainingMethod::full) == TrainingMethod::full;
  return findTrainingPreset(all && isNewModel(model) ? "new-model" : "adapter");
}

}  // namespace canvass
