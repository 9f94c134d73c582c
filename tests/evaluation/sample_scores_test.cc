#include "evaluation/sample_scores.h"

#include <cmath>

#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

constexpr SamplingEffort exact{.differentSamples = 1e9, .draws = 2};
constexpr SamplingEffort simulated{.differentSamples = 0, .draws = 20000};

SampleScore scoreOf(const char* metric, const Distribution& observed, std::uint64_t respondents,
                    const SamplingEffort& effort) {
  RandomStream random(1, "sample scores");
  const std::size_t places[] = {metricIndex(metric)};
  return sampleScores(makeQuestion("q", observed.size()), observed, respondents, places, effort,
                      random)
      .front()
      .value();
}

// E|X/n - p| of a binomial X (de Moivre): 2 v C(n, v) p^v (1-p)^(n-v+1) / n, v = floor(np) + 1.
double meanDeviation(double n, double p) {
  const double v = std::floor(n * p) + 1;
  const double logChoose = std::lgamma(n + 1) - std::lgamma(v + 1) - std::lgamma(n - v + 1);
  return 2 * v / n * std::exp(logChoose + v * std::log(p) + (n - v + 1) * std::log1p(-p));
}

TEST(SampleScores, OfOneAndTwoRespondentsByHand) {
  const double p = 0.7;
  const Distribution observed = {p, 1 - p};
  const auto distance = [&](double share) {
    return jsDistance(observed, Distribution{share, 1 - share});
  };
  EXPECT_NEAR(scoreOf("tvd", observed, 1, exact).mean, 2 * p * (1 - p), 1e-14);
  EXPECT_NEAR(scoreOf("js_similarity", observed, 1, exact).mean,
              1 - p * distance(1) - (1 - p) * distance(0), 1e-14);
  EXPECT_NEAR(
      scoreOf("js_similarity", observed, 2, exact).mean,
      1 - p * p * distance(1) - 2 * p * (1 - p) * distance(0.5) - (1 - p) * (1 - p) * distance(0),
      1e-14);
  EXPECT_NEAR(scoreOf("accuracy", observed, 1, exact).mean, p, 1e-14);
  EXPECT_NEAR(scoreOf("accuracy", observed, 2, exact).mean, p * p + 0.5 * 2 * p * (1 - p), 1e-14);
  EXPECT_NEAR(scoreOf("rank_score", observed, 2, exact).mean, p * p, 1e-14);
}

TEST(SampleScores, OfDistancesAreTheBinomialsMeanDeviations) {
  const Distribution observed = {0.2, 0.5, 0.3};
  for (const std::uint64_t respondents : {1u, 3u, 10u, 60u}) {
    const double n = static_cast<double>(respondents);
    const double tvdExpected =
        0.5 * (meanDeviation(n, 0.2) + meanDeviation(n, 0.5) + meanDeviation(n, 0.3));
    EXPECT_NEAR(scoreOf("tvd", observed, respondents, exact).mean, tvdExpected, 1e-12);
    EXPECT_NEAR(scoreOf("emd", observed, respondents, exact).mean,
                0.5 * (meanDeviation(n, 0.2) + meanDeviation(n, 0.7)), 1e-12);
    EXPECT_EQ(scoreOf("tvd", observed, respondents, exact).standardError, 0.0);
  }
}

TEST(SampleScores, SimulationAgreesWithinItsStatedError) {
  const Distribution observed = {0.1, 0.0, 0.45, 0.25, 0.2};
  for (const ItemMetric& metric : itemMetrics()) {
    if (metric.name == "kl") continue;  // infinite
    for (const std::uint64_t respondents : {1u, 12u, 40u}) {
      const char* name = metric.name.data();
      const SampleScore one = scoreOf(name, observed, respondents, exact);
      const SampleScore other = scoreOf(name, observed, respondents, simulated);
      EXPECT_NEAR(other.mean, one.mean, 4 * other.standardError + 1e-12) << name << respondents;
      EXPECT_LT(other.standardError, 0.005) << name;
      EXPECT_EQ(one.standardError, 0.0);
    }
  }
}

// The error that is stated is the one that repeating the simulation shows.
TEST(SampleScores, StandardErrorIsThatOfRepetition) {
  const Distribution observed = {0.2, 0.5, 0.3};
  const std::size_t places[] = {metricIndex("tvd")};
  const SamplingEffort effort{.differentSamples = 0, .draws = 50};
  RandomStream random(5, "repetition");
  const double truth = scoreOf("tvd", observed, 30, exact).mean;
  double squares = 0.0;
  double stated = 0.0;
  constexpr int repetitions = 2000;
  for (int i = 0; i < repetitions; ++i) {
    const auto score =
        *sampleScores(makeQuestion("q", 3), observed, 30, places, effort, random).front();
    squares += (score.mean - truth) * (score.mean - truth) / repetitions;
    stated += score.standardError * score.standardError / repetitions;
  }
  EXPECT_NEAR(stated / squares, 1.0, 0.15);
}

TEST(SampleScores, KlIsInfiniteUnlessAllChooseOneOption) {
  for (const SamplingEffort& effort : {exact, simulated}) {
    const SampleScore some = scoreOf("kl", {0.999, 0.001}, 1000, effort);
    EXPECT_TRUE(std::isinf(some.mean));
    EXPECT_EQ(some.standardError, 0.0);
    EXPECT_EQ(scoreOf("kl", {0.0, 1.0}, 1000, effort).mean, 0.0);
  }
}

TEST(SampleScores, AreSilentWhereAMetricDoesNotApply) {
  RandomStream random(1, "sample scores");
  const std::size_t places[] = {metricIndex("tvd"), metricIndex("emd")};
  const auto scores =
      sampleScores(makeQuestion("q", 2, "", Scale::nominal), {0.5, 0.5}, 1, places, exact, random);
  ASSERT_EQ(scores.size(), 2u);
  EXPECT_EQ(scores[0]->mean, 0.5);
  EXPECT_FALSE(scores[1]);
}

TEST(SampleScores, UseTheValuesOfTheOptions) {
  Question question = makeQuestion("q", 3);
  for (std::size_t k = 0; k < 3; ++k) question.options[k].value = k == 2 ? 10.0 : double(k);
  RandomStream random(1, "sample scores");
  const std::size_t places[] = {metricIndex("emd")};
  const auto score = sampleScores(question, {0.2, 0.5, 0.3}, 20, places, exact, random).front();
  EXPECT_NEAR(score->mean, 0.1 * meanDeviation(20, 0.2) + 0.9 * meanDeviation(20, 0.7), 1e-12);
}

}  // namespace
}  // namespace canvass
