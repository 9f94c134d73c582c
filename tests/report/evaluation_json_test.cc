#include "report/evaluation/evaluation_json.h"

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
  EXPECT_EQ(json["baselines"]["question_mean"]["title"], "question mean");
  EXPECT_EQ(json["baselines"]["uniform"]["metrics"]["tvd"], 0.0);
  EXPECT_DOUBLE_EQ(json["baselines"]["question_mean"]["metrics"]["tvd"].get<double>(), 0.3);
  // Without a second question no population is like another.
  EXPECT_EQ(json["baselines"]["nearest_populations"]["items"], 0);
  EXPECT_EQ(json["baselines"]["nearest_populations"]["skipped"].size(), 1u);
}

TEST_F(EvaluationJson, HasRealSamplesOnlyWhereTheyWereComputed) {
  for (const char* key : {"ceiling", "achieved_share", "equivalent_sample_size"}) {
    EXPECT_FALSE(json.contains(key)) << key;
  }
}

TEST(EvaluationJsonOfSamples, HasTheCeilingTheAchievedShareAndTheEquivalentSize) {
  Survey survey = makeSurvey({makeQuestion("q1", 2)}, {"JP", "AD"});
  addItem(survey, 0, 0, {0.9, 0.1});
  addItem(survey, 0, 1, {0.9, 0.1});
  survey.items[0].effectiveSampleSize = 1.0;
  const auto predictions = makePredictions(
      {makePrediction("q1", "JP", {0.9, 0.1}), makePrediction("q1", "AD", {0.9, 0.1})});
  ComparedEvaluation compared = evaluateWithBaselines(survey, predictions, nullptr);
  compared.ceiling = noiseCeiling(survey, compared.evaluation);
  compared.equivalents.resize(itemMetrics().size());
  using Kind = EquivalentSampleSize::Kind;
  compared.equivalents[metricIndex("js_similarity")] = {Kind::found, 2.5, 2, {}};
  compared.equivalents[metricIndex("tvd")] = {Kind::more, 1000, 2, {}};
  compared.equivalents[metricIndex("emd")] = {Kind::fewer, 1, 2, {}};
  compared.equivalents[metricIndex("kl")] = {Kind::undefined, 0, 2, "none"};
  const Json json = evaluationToJson(compared);
  const Json& ceiling = json["ceiling"];
  EXPECT_EQ(ceiling["items"], 1);
  EXPECT_NEAR(ceiling["metrics"]["tvd"].get<double>(), 0.18, 1e-12);
  EXPECT_EQ(ceiling["standard_errors"]["tvd"], 0.0);
  EXPECT_TRUE(ceiling["standard_errors"]["kl"].is_null());
  EXPECT_EQ(ceiling["infinite"], (Json{{"kl", 1}}));
  EXPECT_EQ(ceiling["sample_sizes"].dump(), R"({"n_eff":1,"n":0,"assumed":0})");
  EXPECT_EQ(ceiling["skipped"].dump(),
            R"([{"question":"q1","population":"AD","reason":"neither n_eff nor n is known"}])");
  EXPECT_NEAR(json["achieved_share"]["tvd"].get<double>(), 0.4 / (0.4 - 0.18), 1e-12);
  EXPECT_TRUE(json["achieved_share"]["kl"].is_null());
  EXPECT_EQ(
      json["equivalent_sample_size"].dump(),
      R"({"js_similarity":{"n":2.5,"items":2},"emd":{"n":null,"below":1.0,"items":2},)"
      R"("tvd":{"n":null,"above":1000.0,"items":2},"kl":{"n":null,"reason":"none","items":2}})");
}

TEST_F(EvaluationJson, CanBeWritten) { EXPECT_NO_THROW(json.dump()); }

}  // namespace
}  // namespace canvass
