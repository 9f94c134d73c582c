#pragma once

#include <string>

#include "base/json.h"
#include "model_tasks/model_predictor.h"

namespace canvass {

// What predicting cost and yielded, as the "work" of `predict --json` and as one line.
Json workJson(const PredictionWork& work);
std::string workText(const PredictionWork& work);

}  // namespace canvass
