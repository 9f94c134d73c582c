// Models whose opinions are known, and what is said of them.
#include <cmath>

#include "opinions/group_sensitivity.h"
#include "opinions/made_up_opinions.h"
#include "opinions/representativeness.h"
#include "opinions/similarity.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::answeringByQuestion;
using test::madeUpOpinions;
using test::observedOf;
using test::questionMean;
using test::shrunk;

class OneOfFive : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Populations, OneOfFive, testing::Values(0, 2, 4));

TEST_P(OneOfFive, WhoAnswersAsAPopulationIsMostLikeIt) {
  const Survey survey = madeUpOpinions(5, 30);
  const DefaultAnswers answers = defaultAnswers(
      survey, answeringByQuestion(
                  survey, [&](std::size_t q) { return observedOf(survey, q, GetParam()); }));
  const auto similar = similarPopulations(survey, answers);
  EXPECT_EQ(similar.front().population, GetParam());
  // Square roots of rounding errors.
  EXPECT_NEAR(similar.front().similarity.mean, 1.0, 1e-7);
  EXPECT_GT(similar.front().difference.interval->low, 0.0);
  for (std::size_t i = 1; i < similar.size(); ++i) {
    EXPECT_LE(similar[i].similarity.mean, similar[i - 1].similarity.mean);
    EXPECT_LT(similar[i].difference.mean, 0.0);
  }
  const Representation represented = representation(survey, answers, {});
  EXPECT_EQ(represented.populations.front().population, GetParam());
  EXPECT_NEAR(represented.populations.front().representativeness.mean, 1.0, 1e-12);
  ASSERT_EQ(represented.consistencies.size(), 1u);
  EXPECT_EQ(represented.consistencies.front().best, GetParam());
  EXPECT_EQ(represented.consistencies.front().share, 1.0);
  EXPECT_EQ(represented.consistencies.front().kind, "country");
}

TEST(SimulatedModels, WhoAnswersTheMeanRepresentsEveryone) {
  const Survey survey = madeUpOpinions(6, 40);
  const DefaultAnswers answers = defaultAnswers(
      survey, answeringByQuestion(survey, [&](std::size_t q) { return questionMean(survey, q); }));
  const Representation represented = representation(survey, answers, {});
  EXPECT_NEAR(represented.whole.mean, 1.0, 1e-12);
  // Its own answer is in the mean, so that it is more similar to it than the others' mean is.
  for (const PopulationSimilarity& one : similarPopulations(survey, answers)) {
    EXPECT_GT(one.difference.mean, 0.0);
    EXPECT_LT(one.difference.mean, 0.05);
  }
}

TEST(SimulatedModels, WhoAnswersAlikeIsAsSimilarAsTheUniformAnswer) {
  const Survey survey = madeUpOpinions(4, 20);
  const auto similar = similarPopulations(
      survey, defaultAnswers(survey, answeringByQuestion(survey, [&](std::size_t q) {
                               return uniformDistribution(survey.questions[q].options.size());
                             })));
  for (const auto& one : similar) EXPECT_NEAR(one.similarity.mean, one.uniform.mean, 1e-12);
}

class Shrink : public testing::TestWithParam<double> {};
INSTANTIATE_TEST_SUITE_P(Factors, Shrink, testing::Values(0.2, 0.5, 1.0));

TEST_P(Shrink, GivesItsSquareAsVarianceRatio) {
  const Survey survey = madeUpOpinions(5, 30);
  const auto run = steeredAnswers(survey, shrunk(survey, GetParam()), "run");
  const GroupSensitivity result = groupSensitivity(survey, run);
  ASSERT_EQ(result.byTopic.size(), 2u);
  for (const Sensitivity& one :
       {result.overall, result.byTopic[0].sensitivity, result.byTopic[1].sensitivity}) {
    ASSERT_TRUE(one.ratio && one.correlation);
    EXPECT_NEAR(one.ratio->value, GetParam() * GetParam(), 1e-9);
    EXPECT_NEAR(one.ratio->interval->low, one.ratio->value, 1e-6);
    EXPECT_NEAR(one.correlation->value, 1.0, 1e-9);
    EXPECT_FALSE(one.correlationCeiling);
  }
  EXPECT_EQ(result.overall.questions, 30u);
  EXPECT_EQ(result.overall.items, 150u);
  EXPECT_EQ(result.overall.sizedItems, 0u);
}

TEST(SimulatedModels, WhoIgnoresThePopulationHasNoDirection) {
  const Survey survey = madeUpOpinions(4, 20);
  const auto result =
      groupSensitivity(survey, steeredAnswers(survey, shrunk(survey, 0.0), "run")).overall;
  EXPECT_NEAR(result.ratio->value, 0.0, 1e-9);
  EXPECT_FALSE(result.correlation);
}

TEST(SimulatedModels, WhoMovesTheWrongWayHasACorrelationOfMinusOne) {
  const Survey survey = madeUpOpinions(4, 20);
  const auto result =
      groupSensitivity(survey, steeredAnswers(survey, shrunk(survey, -0.3), "run")).overall;
  EXPECT_NEAR(result.ratio->value, 0.09, 1e-9);
  EXPECT_NEAR(result.correlation->value, -1.0, 1e-9);
}

TEST(SimulatedModels, SamplingNoiseOfThePeopleIsNotTakenForDifferences) {
  const Survey truth = madeUpOpinions(12, 200);
  Survey sample = truth;
  RandomStream random(3, "respondents");
  constexpr double respondents = 60.0;
  for (Item& item : sample.items) {
    std::vector<double> counts(item.observed->size(), 0.0);
    for (double person = 0.0; person < respondents; person += 1.0) {
      double chance = random.uniform();
      std::size_t k = 0;
      while (k + 1 < counts.size() && chance >= (*item.observed)[k])
        chance -= (*item.observed)[k++];
      counts[k] += 1.0;
    }
    item.observed = normalized(counts, "");
    item.respondents = respondents;
  }
  const Predictions predictions = shrunk(truth, 0.5);
  const auto with = groupSensitivity(sample, steeredAnswers(sample, predictions, "run")).overall;
  for (Item& item : sample.items) item.respondents.reset();
  const auto without = groupSensitivity(sample, steeredAnswers(sample, predictions, "run")).overall;
  EXPECT_TRUE(with.ratio->interval->contains(0.25)) << with.ratio->value;
  EXPECT_NEAR(with.ratio->value, 0.25, 0.03);
  EXPECT_LT(without.ratio->interval->high, 0.25);
  EXPECT_NEAR(with.correlation->value, *with.correlationCeiling, 0.03);
}

TEST(SimulatedModels, TheBestOfSeveralContextsIsChosenForEachQuestion) {
  const Survey survey = madeUpOpinions(3, 20);
  const auto answer = [&survey](std::size_t right) {
    return [&survey, right](const Item& item) {
      return item.question % 2 == right
                 ? *item.observed
                 : uniformDistribution(survey.questionOf(item).options.size());
    };
  };
  const std::vector<SteeredAnswers> steered = {
      steeredAnswers(survey, test::answeringByItem(survey, answer(0)), "even"),
      steeredAnswers(survey, test::answeringByItem(survey, answer(1)), "odd")};
  const DefaultAnswers answers = defaultAnswers(
      survey, answeringByQuestion(survey, [&](std::size_t q) { return questionMean(survey, q); }));
  for (const auto& one : representation(survey, answers, steered).populations) {
    EXPECT_NEAR(one.steerability.mean, 1.0, 1e-12);
    EXPECT_LT(one.byRun[0], 1.0);
    EXPECT_LT(one.byRun[1], 1.0);
    EXPECT_NEAR(one.gain.mean, 1.0 - one.representativeness.mean, 1e-12);
  }
}

TEST(SimulatedModels, NominalQuestionsAreLeftOutAndCounted) {
  Survey survey = madeUpOpinions(3, 10);
  survey.questions[1].scale = Scale::nominal;
  survey.questions[2].scale = Scale::interval;
  const Representation result = representation(
      survey,
      defaultAnswers(survey, answeringByQuestion(
                                 survey, [&](std::size_t q) { return questionMean(survey, q); })),
      {});
  EXPECT_EQ(result.nominalQuestions, 1u);
  EXPECT_EQ(result.populations.front().representativeness.questions, 9u);
  EXPECT_EQ(result.whole.questions, 9u);
}

TEST(SimulatedModels, APopulationCanStandForEveryone) {
  const Survey survey = madeUpOpinions(4, 20);
  const DefaultAnswers answers = defaultAnswers(
      survey, answeringByQuestion(survey, [&](std::size_t q) { return observedOf(survey, q, 1); }));
  RepresentationOptions options;
  options.whole = 1;
  const Representation result = representation(survey, answers, {}, options);
  EXPECT_NEAR(result.whole.mean, 1.0, 1e-12);
  ASSERT_EQ(result.populations.size(), 3u);
  for (const auto& one : result.populations) EXPECT_NE(one.population, 1u);
}

TEST(SimulatedModels, PopulationsOfOneKindCompete) {
  Survey survey = madeUpOpinions(4, 20);
  survey.populations[2].attributes = {{"sex", "female"}};
  survey.populations[3].attributes = {{"sex", "male"}};
  const DefaultAnswers answers = defaultAnswers(
      survey, answeringByQuestion(survey, [&](std::size_t q) { return observedOf(survey, q, 3); }));
  const auto consistencies = representation(survey, answers, {}).consistencies;
  ASSERT_EQ(consistencies.size(), 2u);
  EXPECT_EQ(consistencies[0].kind, "country");
  EXPECT_LT(consistencies[0].best, 2u);
  EXPECT_EQ(consistencies[1].kind, "sex");
  EXPECT_EQ(consistencies[1].best, 3u);
}

// Intervals over questions: with the questions drawn anew, they hold the expected figure in about
// 95 of 100 cases.
TEST(SimulatedModels, IntervalsOfSimilarityCoverWhatOtherQuestionsWouldGive) {
  const Survey many = madeUpOpinions(2, 4000);
  const auto similarityIn = [&many](std::size_t first, std::size_t count) {
    std::vector<std::size_t> items;
    for (std::size_t i = 0; i < many.items.size(); ++i) {
      if (many.items[i].question >= first && many.items[i].question < first + count) {
        items.push_back(i);
      }
    }
    const Survey part = selectItems(many, items);
    BootstrapOptions options;
    options.resamples = 200;
    const auto similar = similarPopulations(
        part,
        defaultAnswers(
            part, answeringByQuestion(part, [&](std::size_t q) { return observedOf(part, q, 1); })),
        options);
    return similar.back().similarity;
  };
  const double truth = similarityIn(0, 4000).mean;
  int covered = 0;
  for (std::size_t first = 0; first < 4000; first += 40) {
    covered += similarityIn(first, 40).interval->contains(truth);
  }
  EXPECT_GE(covered, 88);
}

}  // namespace
}  // namespace canvass
