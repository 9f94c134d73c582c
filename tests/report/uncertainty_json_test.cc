#include "report/evaluation/uncertainty_json.h"

#include <nlohmann/json.hpp>

#include "report/evaluation/evaluation_json.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

Json evaluationWithUncertainty() {
  Survey survey = makeSurvey({makeQuestion("q1", 2, "trust"), makeQuestion("q2", 2)}, {"JP", "AD"});
  Predictions predictions;
  for (const std::size_t q : {0, 1}) {
    for (const std::size_t p : {0, 1}) {
      addItem(survey, q, p,
              {0.5 + 0.1 * static_cast<double>(q), 0.5 - 0.1 * static_cast<double>(q)});
      predictions.predictions.push_back(
          makePrediction(survey.questions[q].id, survey.populations[p].id,
                         {0.9 - 0.2 * static_cast<double>(p), 0.1 + 0.2 * static_cast<double>(p)}));
    }
  }
  std::vector<ComparedEvaluation> runs{evaluateWithBaselines(survey, predictions, nullptr),
                                       evaluateWithBaselines(survey, predictions, nullptr)};
  runs[0].name = "a.jsonl";
  runs[1].name = "b.jsonl";
  runs[0].equivalents.resize(itemMetrics().size());
  runs[0].equivalents[0] = {EquivalentSampleSize::Kind::found, 8.0, 4, {}};
  auto uncertainty = uncertaintyOf(survey, runs, {.resamples = 100, .seed = 5})[0];
  uncertainty.equivalents.resize(itemMetrics().size());
  uncertainty.equivalents[0] = SizeInterval{{EquivalentSampleSize::Kind::fewer, 1.0, 4, {}},
                                            {EquivalentSampleSize::Kind::found, 12.0, 4, {}}};
  Json json = evaluationToJson(runs[0]);
  addUncertainty(json, runs[0], uncertainty);
  return json;
}

TEST(UncertaintyJson, HasAnIntervalForEveryFigure) {
  const Json json = evaluationWithUncertainty();
  EXPECT_EQ(json["resamples"], 100);
  EXPECT_EQ(json["seed"], 5);
  EXPECT_EQ(json["resampled"].dump(), R"({"questions":2,"populations":2})");
  EXPECT_EQ(json["intervals"].size(), itemMetrics().size());
  EXPECT_LE(json["intervals"]["tvd"]["low"], json["metrics"]["tvd"]);
  EXPECT_GE(json["intervals"]["tvd"]["high"], json["metrics"]["tvd"]);
  EXPECT_EQ(json["by_topic"]["trust"]["intervals"].size(), itemMetrics().size());
  EXPECT_EQ(json["by_population"]["JP"]["intervals"].size(), itemMetrics().size());
}

TEST(UncertaintyJson, HasDifferencesFromBaselinesAndOtherFiles) {
  const Json json = evaluationWithUncertainty();
  EXPECT_EQ(json["differences"]["predictions"]["b.jsonl"]["tvd"].dump(),
            R"({"difference":0.0,"low":0.0,"high":0.0,"items":4})");
  EXPECT_TRUE(json["differences"]["baselines"]["uniform"].contains("js_similarity"));
}

TEST(UncertaintyJson, LeavesAnEndOpenBeyondTheSizesTried) {
  EXPECT_EQ(evaluationWithUncertainty()["equivalent_sample_size"]["js_similarity"].dump(),
            R"({"n":8.0,"items":4,"low":null,"high":12.0})");
}

TEST(UncertaintyJson, OfTheSamplingErrorIsByMetric) {
  SamplingError error;
  error.items = 3;
  error.effects.resize(itemMetrics().size());
  error.effects[metricIndex("tvd")] = SamplingEffect{0.25, -0.5};
  const Json json = samplingErrorToJson(error);
  EXPECT_EQ(json["items"], 3);
  EXPECT_EQ(json["standard_errors"]["tvd"], 0.25);
  EXPECT_EQ(json["bias"]["tvd"], -0.5);
  EXPECT_TRUE(json["bias"]["kl"].is_null());
}

}  // namespace
}  // namespace canvass
