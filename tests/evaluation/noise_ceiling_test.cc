#include "evaluation/noise_ceiling.h"

#include <cmath>

#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// Two binary items of one question; `sizes` are n_eff, n in that order of both items.
struct Sizes {
  std::optional<double> effective;
  std::optional<double> respondents;
};

Survey twoItems(const Sizes& first, const Sizes& second) {
  Survey survey = makeSurvey({makeQuestion("q1", 2, "trust")}, {"AD", "JP"});
  survey.items.push_back({0, 0, Distribution{0.7, 0.3}, first.respondents, first.effective});
  survey.items.push_back({0, 1, Distribution{0.5, 0.5}, second.respondents, second.effective});
  return survey;
}

Predictions bothPredicted() {
  return makePredictions(
      {makePrediction("q1", "AD", {0.6, 0.4}), makePrediction("q1", "JP", {0.5, 0.5})});
}

std::optional<NoiseCeiling> ceilingOf(const Survey& survey,
                                      const NoiseCeilingOptions& options = {}) {
  return noiseCeiling(survey, evaluate(survey, bothPredicted()), options);
}

double meanOverItems(const Evaluation& evaluation, const char* metric) {
  return evaluation.metrics.means[metricIndex(metric)].mean;
}

TEST(NoiseCeiling, IsTheMeanOfWhatSamplesScore) {
  // Of 1 respondent: 2 p (1 - p); of 2: |p - X/2| by hand.
  const auto ceiling = ceilingOf(twoItems({1.0, {}}, {2.0, {}}));
  ASSERT_TRUE(ceiling);
  EXPECT_NEAR(meanOverItems(ceiling->ceiling, "tvd"), (2 * 0.7 * 0.3 + 0.25) / 2, 1e-14);
  EXPECT_EQ(ceiling->ceiling.metrics.items, 2u);
  EXPECT_EQ(ceiling->standardErrors[metricIndex("tvd")], 0.0);
  ASSERT_EQ(ceiling->ceiling.byPopulation.size(), 2u);
  EXPECT_NEAR(ceiling->ceiling.byPopulation[1].metrics.means[metricIndex("tvd")].mean, 0.25, 1e-14);
}

TEST(NoiseCeiling, AchievedShareGoesFromUniformToTheCeiling) {
  const auto ceiling = ceilingOf(twoItems({50.0, {}}, {50.0, {}}));
  const double uniform = 0.2 / 2;
  const double figure = 0.1 / 2;
  const double samples = meanOverItems(ceiling->ceiling, "tvd");
  EXPECT_NEAR(ceiling->achieved[metricIndex("tvd")].value(),
              (figure - uniform) / (samples - uniform), 1e-12);
  EXPECT_FALSE(ceiling->achieved[metricIndex("kl")]) << "samples score infinity";
}

TEST(NoiseCeiling, NothingIsAchievedOfACeilingThatIsNotAboveUniform) {
  const auto ceiling = ceilingOf(twoItems({1.0, {}}, {1.0, {}}));
  EXPECT_LT(meanOverItems(ceiling->ceiling, "js_similarity"), 0.8);
  EXPECT_FALSE(ceiling->achieved[metricIndex("js_similarity")]);
}

struct SourceCase {
  Sizes first;
  std::optional<double> assumed;
  std::size_t effective, respondents, assumedCount;
  double sameAs;  // a whole n_eff that must give the same
};

TEST(NoiseCeiling, TakesEffectiveSizesBeforeRespondentsBeforeAssumedOnes) {
  const SourceCase cases[] = {
      {{3.0, 9.0}, 7.0, 2, 0, 0, 3}, {{{}, 9.0}, 7.0, 1, 1, 0, 9}, {{{}, {}}, 7.0, 1, 0, 1, 7},
      {{3.4, {}}, {}, 2, 0, 0, 3},   {{3.6, {}}, {}, 2, 0, 0, 4},  {{0.2, {}}, {}, 2, 0, 0, 1},
  };
  for (const SourceCase& one : cases) {
    const auto ceiling = ceilingOf(twoItems(one.first, {5.0, {}}), {.respondents = one.assumed});
    ASSERT_TRUE(ceiling);
    EXPECT_EQ(ceiling->sources.effective, one.effective);
    EXPECT_EQ(ceiling->sources.respondents, one.respondents);
    EXPECT_EQ(ceiling->sources.assumed, one.assumedCount);
    EXPECT_EQ(meanOverItems(ceiling->ceiling, "tvd"),
              meanOverItems(ceilingOf(twoItems({one.sameAs, {}}, {5.0, {}}))->ceiling, "tvd"));
  }
}

TEST(NoiseCeiling, CoversOnlyItemsWithASampleSize) {
  const auto ceiling = ceilingOf(twoItems({}, {2.0, {}}));
  ASSERT_TRUE(ceiling);
  EXPECT_EQ(ceiling->ceiling.metrics.items, 1u);
  EXPECT_NEAR(meanOverItems(ceiling->ceiling, "tvd"), 0.25, 1e-14);
  ASSERT_EQ(ceiling->ceiling.skipped.size(), 1u);
  EXPECT_EQ(ceiling->ceiling.skipped[0].population, "AD");
  EXPECT_EQ(ceiling->ceiling.skipped[0].reason, "neither n_eff nor n is known");
  EXPECT_FALSE(ceilingOf(twoItems({}, {})));
}

TEST(NoiseCeiling, OfAnItemDoesNotDependOnTheOtherItems) {
  Survey survey = twoItems({200.0, {}}, {200.0, {}});
  const NoiseCeilingOptions options{.respondents = {}, .effort = {0, 50}, .seed = 4};
  const auto both = ceilingOf(survey, options);
  EXPECT_GT(both->standardErrors[metricIndex("tvd")], 0.0);
  survey.items.erase(survey.items.begin());
  EXPECT_EQ(ceilingOf(survey, options)->ceiling.items[0].scores, both->ceiling.items[1].scores);
}

TEST(NoiseCeiling, NeedsARespondent) {
  EXPECT_EQ(errorOf([] { ceilingOf(twoItems({}, {}), {.respondents = 0.5}); }),
            "a sample of 0.5 respondents has no noise ceiling; ask for 1 or more");
}

}  // namespace
}  // namespace canvass
