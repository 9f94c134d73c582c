#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "asking/ask.h"
#include "base/progress.h"
#include "engine/forest/forest.h"
#include "engine/forest/workers.h"
#include "engine/language_model.h"
#include "engine/scoring/encoded_prompt.h"
#include "engine/writing/token_sampler.h"
#include "nn/operation_times.h"
#include "predictions/predictions.h"
#include "predictions/predictor.h"
#include "survey/survey.h"

namespace canvass {

struct PredictOptions {
  Template asking;
  ForestOptions forest = {};
  EvidenceFor evidence = {};  // for templates that show some
  // How a model writes the thoughts that a template requires before the answer.
  SamplingOptions thinking = {.temperature = 0.0};
  std::uint64_t seed = 0;  // of their random numbers
  std::string answerPrefix =
      {};  // opens the answer instead of the template's; empty for the template's
};

// What predicting cost.
struct ScoringWork {
  std::size_t items = 0;
  std::size_t promptTokens = 0;    // of all prompts
  std::size_t distinctTokens = 0;  // of these, with every shared beginning counted once
  std::size_t computedTokens = 0;  // those that forests of a limited size left to compute
  std::size_t forests = 0;
  std::size_t headRows = 0;    // rows of logits over the whole vocabulary
  double encodeSeconds = 0.0;  // rendering and tokenizing, and writing thoughts
  double computeSeconds = 0.0;
  WorkerPlan workers;
  OperationTimes operations;

  // The cost of both, one after the other, by the workers of the later one.
  ScoringWork& operator+=(const ScoringWork& later);
};

// The model's first-token distribution at every slot of prompts about the survey's items: `sink`
// takes them as they come, with no concurrent calls. Stops early if progress requests it.
ScoringWork answerPrompts(const PredictionSink& sink, const LanguageModel& model,
                          const Survey& survey, const std::vector<EncodedPrompt>& prompts,
                          const ForestOptions& options, Progress& progress);

// The model's first-token distribution for every item of the survey. Stops early if progress
// requests it.
ScoringWork predictInto(const PredictionSink& sink, const LanguageModel& model,
                        const Survey& survey, const PredictOptions& options, Progress& progress);

// The same, gathered in the items' order: those made so far if progress asked to stop.
Predictions predict(const LanguageModel& model, const Survey& survey, const PredictOptions& options,
                    Progress& progress);

// Where these predictions come from, as in the header of their file.
PredictionSource sourceOf(const LanguageModel& model, const PredictOptions& options);

}  // namespace canvass
