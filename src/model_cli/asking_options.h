#pragma once

#include <string>

#include "cli/options.h"
#include "model_tasks/predictor_options.h"

namespace canvass {

// Options of `predict` for how to ask a model and how to read its answer.
struct AskingArguments {
  PredictorOptions options;  // without the evidence
  SurveyArguments evidence;

  // The options with the evidence, which is read from its files.
  PredictorOptions load() const;
};
void addAskingOptions(CLI::App& verb, AskingArguments& arguments);

}  // namespace canvass
