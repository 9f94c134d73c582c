#pragma once

#include <string>

#include "base/json.h"
#include "model_tasks/predictor_options.h"
#include "predictions/predictions.h"
#include "report/terminal/terminal_text.h"
#include "survey/survey.h"

namespace canvass {

// The answer to the one item of a survey: the object of `ask --json`.
Json answerJson(const Survey& survey, const Prediction& prediction);

// The same as bars, and how much of the model's probability is on the options.
std::string answerText(const Survey& survey, const ModelChoice& model, const Prediction& prediction,
                       const TerminalStyle& style);

}  // namespace canvass
