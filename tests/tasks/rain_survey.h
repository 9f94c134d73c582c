#pragma once

#include <string>

#include "predictions/named_predictions.h"
#include "survey/survey.h"

namespace canvass::test {

// `questions` questions of five countries, all answered by 100 people.
inline Survey rainSurvey(std::size_t questions = 8) {
  Survey survey;
  survey.name = "rain";
  for (std::size_t q = 0; q < questions; ++q) {
    const std::string id = "q" + std::to_string(q + 1);
    survey.questions.push_back({id,
                                "Does it rain on day " + id + "?",
                                "weather",
                                {{"A", "Yes", {}}, {"B", "No", {}}},
                                Scale::ordinal,
                                {}});
  }
  for (const char* country : {"Japan", "Peru", "Kenya", "Egypt", "Chile"}) {
    survey.populations.push_back({country, country, country, {{"country", country}}});
  }
  for (std::size_t q = 0; q < questions; ++q) {
    for (std::size_t p = 0; p < 5; ++p) {
      const double share = 0.1 + 0.64 * static_cast<double>(q) / static_cast<double>(questions) +
                           0.04 * static_cast<double>(p);
      survey.items.push_back({q, p, Distribution{share, 1.0 - share}, 100.0, {}});
    }
  }
  return survey;
}

// Every item predicted, `distance` of the way from what was observed to even shares.
inline NamedPredictions predictionsOf(const Survey& survey, const std::string& name,
                                      double distance) {
  NamedPredictions run{name, {}};
  run.predictions.model = name;
  for (const Item& item : survey.items) {
    Prediction prediction = predictionFor(survey, item);
    const double share = 0.5 + (1.0 - distance) * ((*item.observed)[0] - 0.5);
    prediction.probabilities = {share, 1.0 - share};
    run.predictions.predictions.push_back(prediction);
  }
  return run;
}

// The items of the questions from `first` up to, but without, `end`.
inline Survey questionsOf(const Survey& survey, std::size_t first, std::size_t end) {
  Survey part = survey;
  std::erase_if(part.items,
                [&](const Item& item) { return item.question < first || item.question >= end; });
  return part;
}

}  // namespace canvass::test
