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

// What predicting cost.
struct ScoringWork {
  std::size_t items = 0;
  std::size_t promptTokens = 0;    // of all prompts
  std::size_t computedTokens = 0;  // of these, what was left after sharing prefixes
  double encodeSeconds = 0.0;      // rendering and tokenizing
  double computeSeconds = 0.0;
};

// The model's first-token distribution for every item of the survey, in the items' order. Stops
// early, with the predictions made so far, where progress asks to. `work`: may be null.
Predictions predict(const LanguageModel& model, const Survey& survey,
                    const PredictOptions& options, Progress& progress,
                    ScoringWork* work = nullptr);

}  // namespace canvass
