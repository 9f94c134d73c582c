#include "evaluation/evaluation.h"

#include <cmath>
#include <limits>

#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using testing::HasSubstr;

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

const MetricMean& meanOf(const MetricMeans& metrics, const char* name) {
  return metrics.means[metricIndex(name)];
}

// Two questions (q2 is nominal) x two populations, all observed.
Survey twoByTwo() {
  Survey survey =
      makeSurvey({makeQuestion("q1", 2, "trust"), makeQuestion("q2", 3, "family", Scale::nominal)},
                 {"AD", "JP"});
  addItem(survey, 0, 0, {0.8, 0.2});
  addItem(survey, 0, 1, {0.5, 0.5});
  addItem(survey, 1, 0, {0.6, 0.3, 0.1});
  addItem(survey, 1, 1, {0.2, 0.2, 0.6});
  return survey;
}

Predictions allFour() {
  return makePredictions(
      {makePrediction("q1", "AD", {0.6, 0.4}), makePrediction("q1", "JP", {0.5, 0.5}),
       makePrediction("q2", "AD", {0.1, 0.3, 0.6}), makePrediction("q2", "JP", {0.2, 0.2, 0.6})});
}

TEST(Evaluation, AveragesOverItemsAndStatesEachDenominator) {
  const Evaluation evaluation = evaluate(twoByTwo(), allFour());
  EXPECT_EQ(evaluation.model, "model");
  EXPECT_TRUE(evaluation.skipped.empty());
  EXPECT_EQ(evaluation.metrics.items, 4u);
  EXPECT_DOUBLE_EQ(meanOf(evaluation.metrics, "tvd").mean, (0.2 + 0 + 0.5 + 0) / 4);
  EXPECT_EQ(meanOf(evaluation.metrics, "tvd").items, 4u);
  EXPECT_DOUBLE_EQ(meanOf(evaluation.metrics, "emd").mean, (0.2 + 0) / 2);
  EXPECT_EQ(meanOf(evaluation.metrics, "emd").items, 2u) << "q2 is nominal";
}

TEST(Evaluation, GroupsByTopicAndByPopulationInTheSurveysOrder) {
  const Evaluation evaluation = evaluate(twoByTwo(), allFour());
  ASSERT_EQ(evaluation.byTopic.size(), 2u);
  EXPECT_EQ(evaluation.byTopic[0].key, "trust");
  EXPECT_DOUBLE_EQ(meanOf(evaluation.byTopic[0].metrics, "tvd").mean, 0.1);
  EXPECT_EQ(evaluation.byTopic[1].key, "family");
  EXPECT_DOUBLE_EQ(meanOf(evaluation.byTopic[1].metrics, "tvd").mean, 0.25);
  EXPECT_EQ(meanOf(evaluation.byTopic[1].metrics, "emd").items, 0u);
  ASSERT_EQ(evaluation.byPopulation.size(), 2u);
  EXPECT_EQ(evaluation.byPopulation[0].key, "AD");
  EXPECT_EQ(evaluation.byPopulation[0].name, "Name of AD");
  EXPECT_EQ(evaluation.byPopulation[0].metrics.items, 2u);
  EXPECT_DOUBLE_EQ(meanOf(evaluation.byPopulation[0].metrics, "tvd").mean, 0.35);
}

TEST(Evaluation, NamesTheAbsenceOfATopic) {
  Survey survey = twoByTwo();
  survey.questions[0].topic.clear();
  EXPECT_EQ(evaluate(survey, allFour()).byTopic[0].key, noTopic);
}

TEST(Evaluation, KeepsTheScoresOfEachItem) {
  const Evaluation evaluation = evaluate(twoByTwo(), allFour());
  ASSERT_EQ(evaluation.items.size(), 4u);
  const ItemScores& third = evaluation.items[2];
  EXPECT_EQ(third.item, 2u);
  EXPECT_EQ(third.predicted, (Distribution{0.1, 0.3, 0.6}));
  EXPECT_DOUBLE_EQ(third.scores[metricIndex("tvd")].value(), 0.5);
  EXPECT_FALSE(third.scores[metricIndex("emd")]);
}

TEST(Evaluation, ReordersPredictionsByLabel) {
  Predictions predictions = allFour();
  predictions.predictions[2].labels = {"C", "A", "B"};
  const Evaluation evaluation = evaluate(twoByTwo(), predictions);
  EXPECT_THAT(evaluation.items[2].predicted,
              testing::Pointwise(testing::DoubleEq(), {0.3, 0.6, 0.1}));
}

TEST(Evaluation, RescalesWhatOnlyRoundingKeepsFromOne) {
  Predictions predictions = allFour();
  predictions.predictions[1].probabilities = {0.4998, 0.4998};
  EXPECT_EQ(evaluate(twoByTwo(), predictions).items[1].predicted, (Distribution{0.5, 0.5}));
}

TEST(Evaluation, MeanOfKlIsInfiniteWhereOneItemIs) {
  Predictions predictions = allFour();
  predictions.predictions[0].probabilities = {1.0, 0.0};
  const MetricMean mean = meanOf(evaluate(twoByTwo(), predictions).metrics, "kl");
  EXPECT_TRUE(std::isinf(mean.mean));
  EXPECT_EQ(mean.infinite, 1u);
  EXPECT_EQ(mean.items, 4u);
}

struct BadPrediction {
  std::vector<std::string> labels;
  std::vector<double> probabilities;
  const char* reason;
};

TEST(Evaluation, SkipsAndNamesWhatIsNoDistributionOverTheOptions) {
  const BadPrediction table[] = {
      {{"A", "B", "C"},
       {0.2, 0.3, 0.5},
       "predicted for the labels A B C, but the question's are A B"},
      {{"A", "A"}, {0.5, 0.5}, "predicted for the labels A A, but the question's are A B"},
      {{"A", "B"}, {1.0}, "prediction: 1 probabilities for 2 options"},
      {{"A", "B"}, {0.5, notANumber}, "prediction: the probability of B is not a number"},
      {{"A", "B"}, {infinity, 0.5}, "prediction: the probability of A is infinite"},
      {{"B", "A"}, {1.5, -0.5}, "prediction: the probability of A is negative"},
      {{"A", "B"}, {0.5, 0.4}, "prediction: the probabilities sum to 0.9"},
      {{"A", "B"}, {0.0, 0.0}, "prediction: the probabilities sum to 0"},
  };
  for (const BadPrediction& bad : table) {
    Predictions predictions = allFour();
    predictions.predictions[0].labels = bad.labels;
    predictions.predictions[0].probabilities = bad.probabilities;
    const Evaluation evaluation = evaluate(twoByTwo(), predictions);
    ASSERT_EQ(evaluation.skipped.size(), 1u) << bad.reason;
    EXPECT_EQ(evaluation.skipped[0].reason, bad.reason);
    EXPECT_EQ(evaluation.skipped[0].question, "q1");
    EXPECT_EQ(evaluation.skipped[0].population, "AD");
    EXPECT_EQ(evaluation.metrics.items, 3u);
  }
}

std::vector<std::string> reasonsOf(const Evaluation& evaluation) {
  std::vector<std::string> reasons;
  for (const Skipped& skipped : evaluation.skipped) {
    reasons.push_back(skipped.question + "/" + skipped.population + ": " + skipped.reason);
  }
  return reasons;
}

TEST(Evaluation, SkipsAndNamesWhatHasNoCounterpart) {
  Survey survey = twoByTwo();
  survey.items.pop_back();
  survey.items[1].observed.reset();
  Predictions predictions = allFour();
  predictions.predictions[2] = makePrediction("q9", "AD", {0.5, 0.5});
  predictions.predictions.push_back(makePrediction("q1", "XX", {0.5, 0.5}));
  const Evaluation evaluation = evaluate(survey, predictions);
  EXPECT_EQ(evaluation.metrics.items, 1u);
  EXPECT_THAT(
      reasonsOf(evaluation),
      testing::ElementsAre(
          "q9/AD: predicted, but the survey has no such question",
          "q2/JP: predicted, but the survey has no such item of this question and population",
          "q1/XX: predicted, but the survey has no such population",
          "q1/JP: no observed distribution", "q2/AD: no prediction"));
}

TEST(Evaluation, TakesNeitherOfTwoPredictionsForOneItem) {
  Predictions predictions = allFour();
  predictions.predictions.push_back(predictions.predictions[1]);
  const Evaluation evaluation = evaluate(twoByTwo(), predictions);
  EXPECT_THAT(reasonsOf(evaluation), testing::ElementsAre("q1/JP: predicted 2 times"));
}

TEST(Evaluation, SkipsAnObservedDistributionThatIsNone) {
  Survey survey = twoByTwo();
  survey.items[0].observed = Distribution{notANumber, 1.0};
  EXPECT_THAT(reasonsOf(evaluate(survey, allFour())),
              testing::ElementsAre("q1/AD: observed: the probability of A is not a number"));
}

TEST(Evaluation, LooksOnlyAtTheItemsAskedFor) {
  EvaluationOptions options;
  options.only = {1, 2};
  const Evaluation evaluation = evaluate(twoByTwo(), allFour(), options);
  EXPECT_EQ(evaluation.metrics.items, 2u);
  EXPECT_EQ(evaluation.items[0].item, 1u);
  EXPECT_TRUE(evaluation.skipped.empty());
}

TEST(Evaluation, OfNothingHasZeroDenominators) {
  const Evaluation evaluation = evaluate(Survey{}, Predictions{});
  EXPECT_EQ(evaluation.metrics.items, 0u);
  for (const MetricMean& mean : evaluation.metrics.means) EXPECT_EQ(mean.items, 0u);
}

TEST(Evaluation, UsesTheValuesOfTheOptions) {
  Survey survey = makeSurvey({makeQuestion("q", 3)}, {"AD"});
  for (std::size_t k : {0, 1, 2}) survey.questions[0].options[k].value = k == 2 ? 10.0 : 1.0 * k;
  addItem(survey, 0, 0, {1, 0, 0});
  const auto predictions = makePredictions({makePrediction("q", "AD", {0, 1, 0})});
  EXPECT_DOUBLE_EQ(meanOf(evaluate(survey, predictions).metrics, "emd").mean, 0.1);

  survey.questions[0].options[2].value = 0.5;
  EXPECT_THAT(
      errorOf([&] { evaluate(survey, predictions); }),
      HasSubstr("question q: the values of the options neither always rise nor always fall"));
  survey.questions[0].options[2].value.reset();
  EXPECT_EQ(errorOf([&] { evaluate(survey, predictions); }),
            "question q: some options have a value and others have none; give all options a "
            "value, or none for equal gaps");
  survey.questions[0].scale = Scale::nominal;
  EXPECT_EQ(meanOf(evaluate(survey, predictions).metrics, "emd").items, 0u);
}

}  // namespace
}  // namespace canvass
