#include "evaluation/run_evaluation.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

// Five questions of four populations, 100 respondents each.
Survey observedSurvey() {
  Survey survey;
  for (const char* id : {"q1", "q2", "q3", "q4", "q5"}) {
    survey.questions.push_back(
        {id, id, "", {{"A", "Yes", {}}, {"B", "No", {}}}, Scale::ordinal, {}});
  }
  for (const char* id : {"P1", "P2", "P3", "P4"}) survey.populations.push_back({id, id, id, {}});
  for (std::size_t q = 0; q < 5; ++q) {
    for (std::size_t p = 0; p < 4; ++p) {
      const double share = 0.1 + 0.15 * static_cast<double>(q) + 0.05 * static_cast<double>(p);
      survey.items.push_back({q, p, Distribution{share, 1.0 - share}, 100.0, {}});
    }
  }
  return survey;
}

NamedPredictions predictionsOf(const Survey& survey, const std::string& name, double distance) {
  NamedPredictions run{name, {}};
  for (const Item& item : survey.items) {
    Prediction prediction = predictionFor(survey, item);
    const double share = 0.5 + (1.0 - distance) * ((*item.observed)[0] - 0.5);
    prediction.probabilities = {share, 1.0 - share};
    run.predictions.predictions.push_back(prediction);
  }
  return run;
}

TEST(RunEvaluation, HasEverythingOfEveryRun) {
  const Survey survey = observedSurvey();
  const std::size_t metric = metricIndex("tvd");
  const auto runs =
      evaluateRuns(survey, {predictionsOf(survey, "near", 0.1), predictionsOf(survey, "far", 0.8)},
                   &survey, {.bootstrap = {.resamples = 50}, .bins = 4, .equivalents = {metric}});
  ASSERT_THAT(runs, SizeIs(2));
  EXPECT_LT(runs[0].evaluation.metrics.means[metric].mean,
            runs[1].evaluation.metrics.means[metric].mean);
  for (const RunEvaluation& run : runs) {
    EXPECT_THAT(run.baselines, SizeIs(3));
    ASSERT_TRUE(run.ceiling);
    ASSERT_TRUE(run.samplingError);
    EXPECT_EQ(run.samplingError->items, 20u);
    EXPECT_THAT(run.calibration.equalWidth.bins, SizeIs(4));
    EXPECT_THAT(run.uncertainty.fromBaselines, SizeIs(3));
    ASSERT_THAT(run.uncertainty.fromRuns, SizeIs(1));
    EXPECT_TRUE(run.equivalents[metric]);
    EXPECT_FALSE(run.equivalents[metricIndex("js_similarity")]);
  }
  EXPECT_EQ(runs[0].uncertainty.fromRuns[0].from, "far");
}

// What is computed once for all runs is what each would have by itself.
TEST(RunEvaluation, IsTheSameAloneAndAmongOthers) {
  const Survey survey = observedSurvey();
  const RunEvaluationOptions options{.bootstrap = {.resamples = 50},
                                     .equivalents = {metricIndex("tvd")}};
  const NamedPredictions near = predictionsOf(survey, "near", 0.1);
  const auto alone = evaluateRuns(survey, {near}, nullptr, options);
  const auto among =
      evaluateRuns(survey, {predictionsOf(survey, "far", 0.8), near}, nullptr, options);
  const std::size_t metric = metricIndex("tvd");
  EXPECT_EQ(alone[0].ceiling->achieved, among[1].ceiling->achieved);
  EXPECT_EQ(alone[0].equivalents[metric]->respondents, among[1].equivalents[metric]->respondents);
  EXPECT_THAT(alone[0].baselines, SizeIs(1));
}

TEST(RunEvaluation, NamesARunWithoutItems) {
  const Survey survey = observedSurvey();
  EXPECT_THAT(test::errorOf([&] {
                evaluateRuns(survey, {{"empty.jsonl", {}}}, nullptr);
              }),
              HasSubstr("empty.jsonl: no item has both"));
}

}  // namespace
}  // namespace canvass
