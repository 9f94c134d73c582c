#include "model_tasks/predictor_options.h"

namespace canvass {

const ModelFiles& ModelChoice::trainedFiles() const { return adapter ? *adapter : *model; }

ModelOptions ModelChoice::options() const {
  ModelOptions options;
  options.model = model;
  options.adapter = adapter;
  options.precision = parsePrecision(precision.value_or("auto"));
  options.weights = parseWeights(weights.value_or("auto"));
  options.chat = chat.value_or("auto");
  options.device = device.value_or("auto");
  return options;
}

ForestOptions ForestChoice::over(ForestOptions defaults) const {
  return {tokenBudget.value_or(defaults.tokenBudget),
          minimumSharedPrefix.value_or(defaults.minimumSharedPrefix)};
}

}  // namespace canvass
