#pragma once

#include <string>

#include "base/json.h"
#include "engine/scoring/scorer.h"
#include "engine/writing/written_predictions.h"

namespace canvass {

// What predicting cost and came to, as the "work" of `predict --json` and in a line.
Json workJson(const ScoringWork& work);
std::string workText(const ScoringWork& work);
Json workJson(const WrittenPredictWork& work);
std::string workText(const WrittenPredictWork& work);

}  // namespace canvass
