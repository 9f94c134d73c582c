#pragma once

#include <string>

#include "base/progress.h"
#include "engine/forest.h"
#include "engine/language_model.h"
#include "survey/predictions.h"
#include "survey/survey.h"

namespace canvass {

struct PredictOptions {
  std::string templateName;
  ForestOptions forest;
};

// The model's first-token distribution for every item of the survey, in the items' order. Stops
// early, with the predictions made so far, where progress asks to.
Predictions predict(const LanguageModel& model, const Survey& survey,
                    const PredictOptions& options, Progress& progress);

}  // namespace canvass
