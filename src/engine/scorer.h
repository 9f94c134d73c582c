#pragma once

#include <functional>
#include <string>
#include <vector>

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

// Takes predictions as they come: those of one forest at a time, in no particular order.
using PredictionSink = std::function<void(const std::vector<Prediction>&)>;

// The model's first-token distribution for every item of the survey. Stops early where progress
// asks to.
ScoringWork predictInto(const PredictionSink& sink, const LanguageModel& model,
                        const Survey& survey, const PredictOptions& options, Progress& progress);

// The same, gathered in the items' order: those made so far where progress asked to stop.
Predictions predict(const LanguageModel& model, const Survey& survey, const PredictOptions& options,
                    Progress& progress);

// Where these predictions come from, as a file of them says.
PredictionSource sourceOf(const LanguageModel& model, const PredictOptions& options);

}  // namespace canvass
