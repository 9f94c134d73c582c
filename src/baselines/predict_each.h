#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// The predictions of a baseline for the items of a survey, in their order. `predictItem` takes an
// item and gives an empty distribution if it knows nothing: then there is no prediction.
template <typename PredictItem>
Predictions predictEach(std::string_view name, const Survey& survey, PredictItem&& predictItem) {
  Predictions result;
  result.model = fmt::format("baseline:{}", name);
  for (const Item& item : survey.items) {
    Distribution distribution = predictItem(item);
    if (distribution.empty()) continue;
    result.predictions.push_back(predictionFor(survey, item));
    result.predictions.back().probabilities = std::move(distribution);
  }
  return result;
}

}  // namespace canvass
