#pragma once

#include <optional>

#include "model_tasks/predictor_options.h"
#include "prompt/template.h"

namespace canvass {

// How a model is asked: which kind of predictor is needed, and which options apply to it.
struct AskingPlan {
  bool readsPrompts = false;  // true of a decoder; an encoder scores the options
  std::optional<Template> asking = std::nullopt;  // empty if no prompt is read
  bool readsTexts = false;                        // the answer is read from what the model writes
  bool readsPercentages = false;  // one text of an item, with a percentage for each option
  bool thinks = false;            // the model writes before its first token is read
  bool showsEvidence = false;
  bool hasEvidence = false;
  double temperature = 0.0;  // of what it writes

  bool writes() const { return readsTexts || thinks; }
};

// Looks into the model folder and the template; loads no model. Throws Error naming an option that
// would do nothing with this kind of model or this way of reading its answer, and if the template
// cannot be read as asked.
AskingPlan planAsking(const PredictorOptions& options);

}  // namespace canvass
