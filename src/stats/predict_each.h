#pragma once

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "survey/predictions.h"
#include "survey/survey.h"

namespace canvass {

// The predictions of a baseline for the items of a survey, in their order. `predictItem` takes an
// item and gives an empty distribution where it knows nothing: there is no prediction then.
template <typename PredictItem>
Predictions predictEach(std::string_view name, const Survey& survey, PredictItem&& predictItem) {
  Predictions result;
  result.model = fmt::format("baseline:{}", name);
  for (const Item& item : survey.items) {
    Distribution distribution = predictItem(item);
    if (distribution.empty()) continue;
    const Question& question = survey.questionOf(item);
    Prediction& prediction = result.predictions.emplace_back();
    prediction.question = question.id;
    prediction.population = survey.populationOf(item).id;
    for (const Option& option : question.options) prediction.labels.push_back(option.label);
    prediction.probabilities = std::move(distribution);
  }
  return result;
}

}  // namespace canvass
