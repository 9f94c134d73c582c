#pragma once

#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "probes/asked_variant.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass::test {

// Questions of 2 to 5 options asked of three populations.
inline Survey probedSurvey() {
  Survey survey = makeSurvey({makeQuestion("two", 2), makeQuestion("three", 3),
                              makeQuestion("four", 4), makeQuestion("five", 5)},
                             {"jp", "pe", "ke"});
  for (std::size_t q = 0; q < 4; ++q) {
    for (std::size_t k = 0; k < survey.questions[q].options.size(); ++k) {
      survey.questions[q].options[k].text = survey.questions[q].id + " " + std::to_string(k);
    }
    for (std::size_t p = 0; p < 3; ++p) {
      Distribution observed;
      for (std::size_t k = 0; k < q + 2; ++k)
        observed.push_back(1.0 + static_cast<double>((k + p) % 3));
      addItem(survey, q, p, normalized(observed, ""));
    }
  }
  return survey;
}

// How much a model likes an option, by the text that it is shown: known, and the same in any order.
inline double liking(const std::string& text, std::size_t population) {
  return 1.0 + static_cast<double>((std::hash<std::string>{}(text) / 7 + 5 * population) % 11);
}

// A model that answers liking x pull of the place, summed to 1. An empty pull is no pull.
inline Predictions answerOf(const Variant& variant, const std::vector<double>& pull) {
  Predictions all;
  all.model = "simulated";
  for (const Item& item : variant.survey.items) {
    Prediction prediction = predictionFor(variant.survey, item);
    const auto& options = variant.survey.questionOf(item).options;
    for (std::size_t place = 0; place < options.size(); ++place) {
      prediction.probabilities.push_back(liking(options[place].text, item.population) *
                                         (pull.empty() ? 1.0 : pull[place]));
    }
    prediction.probabilities = normalized(prediction.probabilities, "");
    for (const double share : prediction.probabilities)
      prediction.logits.push_back(std::log(share));
    prediction.optionMass = 0.5;
    all.predictions.push_back(prediction);
  }
  return all;
}

// The original and its variants, asked.
inline std::vector<AskedVariant> ask(const Survey& survey, std::vector<Variant> variants,
                                     const std::vector<double>& pull) {
  variants.insert(variants.begin(), unchanged(survey, "original"));
  std::vector<AskedVariant> asked;
  for (Variant& variant : variants) {
    Predictions answered = inOriginalOrder(variant, survey, answerOf(variant, pull));
    asked.push_back({std::move(variant), std::move(answered)});
  }
  return asked;
}

}  // namespace canvass::test
