#include "evaluation/uncertainty.h"

#include <cmath>

#include "base/random.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

constexpr std::size_t tvdPlace = 4;

// Twelve questions, the first six of them with a topic, of eight populations; a good prediction and
// one that is `worse` by as much for every item.
struct WorldOfTwoRuns {
  explicit WorldOfTwoRuns(double worse = 0.05) {
    RandomStream random(9, "world");
    for (std::size_t q = 0; q < 12; ++q) {
      survey.questions.push_back(
          makeQuestion("q" + std::to_string(q), 2, q < 6 ? "trust" : "", Scale::ordinal));
    }
    for (std::size_t p = 0; p < 8; ++p) {
      const std::string id = "p" + std::to_string(p);
      survey.populations.push_back({id, id, id, {}});
      for (std::size_t q = 0; q < 12; ++q) {
        const double share = 0.2 + 0.2 * random.uniform();
        const double error = 0.01 + 0.1 * random.uniform();
        survey.items.push_back({q, p, Distribution{share, 1 - share}, {}, 500.0});
        const std::string question = survey.questions[q].id;
        good.predictions.push_back(
            makePrediction(question, id, {share + error, 1 - share - error}));
        const double further = error + worse;
        bad.predictions.push_back(
            makePrediction(question, id, {share + further, 1 - share - further}));
      }
    }
    good.model = "good";
    bad.model = "bad";
  }

  std::vector<ComparedEvaluation> runs() const {
    std::vector<ComparedEvaluation> all;
    for (const Predictions* predictions : {&good, &bad}) {
      all.push_back(evaluateWithBaselines(survey, *predictions, nullptr));
      all.back().name = predictions->model;
      all.back().ceiling = noiseCeiling(survey, all.back().evaluation);
    }
    return all;
  }

  Survey survey = makeSurvey({}, {});
  Predictions good;
  Predictions bad;
};

TEST(Uncertainty, EveryMeanAndGroupLiesInItsInterval) {
  const WorldOfTwoRuns world;
  const auto runs = world.runs();
  const auto all = uncertaintyOf(world.survey, runs);
  ASSERT_EQ(all.size(), 2u);
  const Evaluation& evaluation = runs[0].evaluation;
  const auto check = [](const MetricMeans& means, const Intervals& intervals) {
    ASSERT_EQ(intervals.size(), itemMetrics().size());
    for (std::size_t m = 0; m < intervals.size(); ++m) {
      ASSERT_TRUE(intervals[m]) << itemMetrics()[m].name;
      EXPECT_TRUE(intervals[m]->contains(means.means[m].mean)) << itemMetrics()[m].name;
    }
  };
  check(evaluation.metrics, all[0].metrics);
  EXPECT_EQ(all[0].questions, 12u);
  EXPECT_EQ(all[0].populations, 8u);
  ASSERT_EQ(all[0].byTopic.size(), 2u);
  ASSERT_EQ(all[0].byPopulation.size(), 8u);
  for (std::size_t g = 0; g < 2; ++g) check(evaluation.byTopic[g].metrics, all[0].byTopic[g]);
  for (std::size_t g = 0; g < 8; ++g) {
    check(evaluation.byPopulation[g].metrics, all[0].byPopulation[g]);
  }
}

TEST(Uncertainty, DifferencesArePaired) {
  const WorldOfTwoRuns world;
  const auto runs = world.runs();
  const auto all = uncertaintyOf(world.survey, runs);
  ASSERT_EQ(all[0].fromRuns.size(), 1u);
  EXPECT_EQ(all[0].fromRuns[0].from, "bad");
  const PairedDifference& tvd = *all[0].fromRuns[0].metrics[metricIndex("tvd")];
  // The same for every item: far below the noise of either figure, and no noise.
  EXPECT_NEAR(tvd.difference, -0.05, 1e-12);
  EXPECT_EQ(tvd.items, 96u);
  EXPECT_NEAR(tvd.interval->low, -0.05, 1e-12);
  EXPECT_NEAR(tvd.interval->high, -0.05, 1e-12);
  EXPECT_FALSE(tvd.isNoise());
  const PairedDifference& back = *all[1].fromRuns[0].metrics[metricIndex("tvd")];
  EXPECT_NEAR(back.difference, 0.05, 1e-12);
  EXPECT_EQ(all[0].fromBaselines[0].from, "uniform");
  EXPECT_LT(all[0].fromBaselines[0].metrics[metricIndex("tvd")]->interval->high, 0.0);
}

TEST(Uncertainty, ARunBesideItselfIsNoise) {
  const WorldOfTwoRuns world(0.0);
  const auto all = uncertaintyOf(world.survey, world.runs());
  for (const auto& difference : all[0].fromRuns[0].metrics) EXPECT_TRUE(difference->isNoise());
}

TEST(Uncertainty, DifferencesAreOverTheItemsThatBothHave) {
  WorldOfTwoRuns world;
  world.bad.predictions.resize(40);
  const auto all = uncertaintyOf(world.survey, world.runs());
  EXPECT_EQ(all[0].fromRuns[0].metrics[tvdPlace]->items, 40u);
  EXPECT_NEAR(all[0].fromRuns[0].metrics[tvdPlace]->difference, -0.05, 1e-12);
}

TEST(Uncertainty, InfiniteFiguresHaveNeitherIntervalNorDifference) {
  WorldOfTwoRuns world;
  world.bad.predictions[3].probabilities = {1.0, 0.0};
  const std::size_t kl = metricIndex("kl");
  const auto all = uncertaintyOf(world.survey, world.runs());
  EXPECT_TRUE(all[0].metrics[kl]);
  EXPECT_FALSE(all[1].metrics[kl]);
  EXPECT_FALSE(all[0].fromRuns[0].metrics[kl]);
  EXPECT_FALSE(all[1].fromBaselines[0].metrics[kl]);
}

TEST(Uncertainty, AchievedShareLiesInItsInterval) {
  const WorldOfTwoRuns world;
  const auto runs = world.runs();
  const auto all = uncertaintyOf(world.survey, runs);
  const std::size_t js = metricIndex("js_similarity");
  ASSERT_TRUE(all[0].achieved[js]);
  EXPECT_TRUE(all[0].achieved[js]->contains(*runs[0].ceiling->achieved[js]));
  EXPECT_LT(all[1].achieved[js]->high, all[0].achieved[js]->low);
  EXPECT_FALSE(all[0].achieved[metricIndex("kl")]);
}

TEST(Uncertainty, EquivalentSizeLiesInItsInterval) {
  const WorldOfTwoRuns world;
  const Evaluation evaluation = evaluate(world.survey, world.good);
  SampleCurve curve(world.survey, itemsOf(evaluation), tvdPlace);
  const auto found = curve.sizeScoring(evaluation.metrics.means[tvdPlace].mean);
  ASSERT_EQ(found.kind, EquivalentSampleSize::Kind::found);
  const auto interval = equivalentSizeInterval(world.survey, evaluation, tvdPlace, curve, found);
  ASSERT_TRUE(interval);
  EXPECT_LT(interval->low.respondents, found.respondents);
  EXPECT_GT(interval->high.respondents, found.respondents);
  EXPECT_GT(interval->low.respondents, found.respondents / 3);
  EXPECT_LT(interval->high.respondents, found.respondents * 3);
}

TEST(Uncertainty, OneCeilingServesTwoPredictionsOfTheSameItems) {
  const WorldOfTwoRuns world;
  const auto runs = world.runs();
  const NoiseCeiling again = ceilingFor(*runs[0].ceiling, world.survey, runs[1].evaluation);
  EXPECT_EQ(again.achieved, runs[1].ceiling->achieved);
  EXPECT_NE(again.achieved, runs[0].ceiling->achieved);
}

}  // namespace
}  // namespace canvass
