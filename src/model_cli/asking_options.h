#pragma once

#include <string>

#include "cli/options.h"
#include "model_tasks/predictor_options.h"

namespace canvass {

// How a model is asked and its answer read, as options of `predict`.
struct AskingArguments {
  PredictorOptions options;  // without the evidence
  SurveyArguments evidence;

  // The options with the evidence, whose files are read.
  PredictorOptions load() const;
};
void addAskingOptions(CLI::App& verb, AskingArguments& arguments);

}  // namespace canvass
