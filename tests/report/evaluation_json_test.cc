#include "report/evaluation_json.h"

#include <nlohmann/json.hpp>

#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

class EvaluationJson : public testing::Test {
 protected:
  EvaluationJson() {
    Survey survey = makeSurvey({makeQuestion("q1", 2, "trust", Scale::nominal)}, {"JP", "AD"});
    addItem(survey, 0, 0, {0.5, 0.5});
    addItem(survey, 0, 1, {0.8, 0.2});
    json = evaluationToJson(evaluateWithBaselines(
        survey, makePredictions({makePrediction("q1", "JP", {1.0, 0.0})}), &survey));
  }
  Json json;
};

TEST_F(EvaluationJson, HasTheKeysOfTheContract) {
  for (const char* key : {"model", "items", "skipped", "metrics", "denominators", "by_topic",
                          "by_population", "baselines"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["model"], "model");
  EXPECT_EQ(json["items"], 1);
}

TEST_F(EvaluationJson, HasEveryMetricWithItsDenominator) {
  EXPECT_EQ(json["metrics"].size(), itemMetrics().size());
  EXPECT_EQ(json["denominators"].size(), itemMetrics().size());
  EXPECT_EQ(json["metrics"]["tvd"], 0.5);
  EXPECT_EQ(json["denominators"]["tvd"], 1);
}

TEST_F(EvaluationJson, WritesNullForWhatIsUnknownOrInfinite) {
  EXPECT_TRUE(json["metrics"]["emd"].is_null());
  EXPECT_EQ(json["denominators"]["emd"], 0);
  EXPECT_TRUE(json["metrics"]["kl"].is_null());
  EXPECT_EQ(json["denominators"]["kl"], 1);
  EXPECT_EQ(json["infinite"], (Json{{"kl", 1}}));
  EXPECT_FALSE(json["baselines"]["uniform"].contains("infinite"));
}

TEST_F(EvaluationJson, NamesWhatWasSkipped) {
  EXPECT_EQ(json["skipped"].dump(),
            R"([{"question":"q1","population":"AD","reason":"no prediction"}])");
}

TEST_F(EvaluationJson, GroupsByTopicAndPopulation) {
  EXPECT_EQ(json["by_topic"]["trust"]["items"], 1);
  EXPECT_EQ(json["by_topic"]["trust"]["metrics"]["tvd"], 0.5);
  EXPECT_EQ(json["by_population"]["JP"]["name"], "Name of JP");
  EXPECT_EQ(json["by_population"]["JP"]["denominators"]["tvd"], 1);
  EXPECT_FALSE(json["by_population"].contains("AD"));
}

TEST_F(EvaluationJson, HasTheBaselinesOnTheSameItems) {
  EXPECT_EQ(json["baselines"].size(), 3u);
  EXPECT_EQ(json["baselines"]["uniform"]["items"], 1);
  EXPECT_EQ(json["baselines"]["uniform"]["metrics"]["tvd"], 0.0);
  EXPECT_DOUBLE_EQ(json["baselines"]["question_mean"]["metrics"]["tvd"].get<double>(), 0.3);
  // Without a second question no population is like another.
  EXPECT_EQ(json["baselines"]["nearest_populations"]["items"], 0);
  EXPECT_EQ(json["baselines"]["nearest_populations"]["skipped"].size(), 1u);
}

TEST_F(EvaluationJson, CanBeWritten) { EXPECT_NO_THROW(json.dump()); }

}  // namespace
}  // namespace canvass
