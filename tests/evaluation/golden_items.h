#pragma once

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "recalibration/temperature.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass::test {

inline Json goldenCalibration() {
  return parseJson(readFile(sourceFolder() / "tests/evaluation/golden_calibration.json"),
                   "golden_calibration.json");
}

// The golden items: each a question of its own, of one population.
struct GoldenItems {
  GoldenItems() {
    survey.populations.push_back({"JP", "Japan", "someone from Japan", {}});
    const Json golden = goldenCalibration();
    for (const Json& item : golden["items"]) {
      const auto logits = item["logits"].get<std::vector<double>>();
      const std::string id = "q" + std::to_string(survey.questions.size());
      survey.questions.push_back(makeQuestion(id, logits.size()));
      addItem(survey, survey.items.size(), 0, item["observed"].get<Distribution>());
      predictions.predictions.push_back(makePrediction(id, "JP", softmax(logits)));
      predictions.predictions.back().logits = logits;
    }
    predictions.model = "golden";
  }

  Survey survey = makeSurvey({}, {});
  Predictions predictions;
};

}  // namespace canvass::test
