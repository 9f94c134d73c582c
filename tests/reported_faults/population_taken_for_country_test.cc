// The map of an evaluation took a population's name, "Women in Japan", for its country, and left it
// out as no country of this name is on the map.
#include <nlohmann/json.hpp>

#include "evaluation/compared_evaluation.h"
#include "report/evaluation/evaluation_json.h"
#include "report/page/study_json.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

TEST(CountryOfAPopulation, IsItsAttributeElseItsName) {
  Survey survey = test::makeSurvey({test::makeQuestion("q", 2)}, {"women", "Peru"});
  survey.populations[0].name = "Women in Japan";
  survey.populations[0].attributes["country"] = "Japan";
  test::addItem(survey, 0, 0, {0.5, 0.5});
  test::addItem(survey, 0, 1, {0.5, 0.5});
  Predictions predictions;
  for (const Item& item : survey.items) {
    predictions.predictions.push_back(predictionFor(survey, item));
    predictions.predictions.back().probabilities = {0.5, 0.5};
  }
  const Json evaluation = evaluationToJson(evaluateWithBaselines(survey, predictions, nullptr));
  const Json map = valueMapJson(evaluation, "js_similarity", "run.json");
  ASSERT_EQ(map["values"].size(), 2u);
  for (const Json& value : map["values"]) {
    const bool isJapan = value["name"] == "Women in Japan";
    EXPECT_EQ(value["country"], isJapan ? Json("Japan") : value["name"]) << value;
  }
}

// Evaluations of version 0.1 do not tell it.
TEST(CountryOfAPopulation, IsTheNameInEarlierFiles) {
  const Json evaluation = parseJson(
      R"({"model": "m", "by_population": {"PE": {"name": "Peru", "metrics": {"emd": 1},
          "denominators": {"emd": 1}}}})",
      "e");
  EXPECT_EQ(valueMapJson(evaluation, "emd", "e")["values"][0]["country"], "Peru");
}

}  // namespace
}  // namespace canvass
