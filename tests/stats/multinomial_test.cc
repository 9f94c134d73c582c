#include "stats/multinomial.h"

#include <cmath>
#include <map>
#include <numeric>
#include <vector>

#include "support/test_support.h"

namespace canvass {
namespace {

double binomialProbability(double n, double k, double p) {
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                  k * std::log(p) + (n - k) * std::log1p(-p));
}

struct Trials {
  std::uint64_t trials;
  double probability;
};

// Both algorithms, their border, and the mirrored side: the chi-squared statistic of 100,000 draws
// over all outcomes that are expected at least 10 times.
TEST(Multinomial, BinomialDrawsHaveTheirProbabilities) {
  const Trials cases[] = {{1, 0.3},     {7, 0.5},    {30, 0.32},   {30, 0.34},     {40, 0.9},
                          {200, 0.049}, {200, 0.06}, {1000, 0.25}, {100000, 5e-5}, {5000, 0.7}};
  constexpr int draws = 100000;
  for (const auto& [trials, probability] : cases) {
    RandomStream random(3, "binomial");
    std::map<std::uint64_t, int> seen;
    for (int i = 0; i < draws; ++i) ++seen[drawBinomial(trials, probability, random)];
    double statistic = 0.0;
    int cells = 0;
    for (std::uint64_t k = 0; k <= trials; ++k) {
      const double expected = draws * binomialProbability(static_cast<double>(trials),
                                                          static_cast<double>(k), probability);
      if (expected < 10.0) continue;
      statistic += (seen[k] - expected) * (seen[k] - expected) / expected;
      ++cells;
    }
    // Five standard deviations of chi-squared above its mean, and more where it is skew.
    EXPECT_LT(statistic, cells + 5 * std::sqrt(2.0 * cells) + 5) << trials << " " << probability;
    EXPECT_LE(seen.rbegin()->first, trials);
  }
}

TEST(Multinomial, CertainOutcomesAreCertain) {
  RandomStream random(1, "binomial");
  EXPECT_EQ(drawBinomial(50, 0.0, random), 0u);
  EXPECT_EQ(drawBinomial(50, 1.0, random), 50u);
  EXPECT_EQ(drawBinomial(0, 0.5, random), 0u);
  std::vector<std::uint64_t> counts(4, 9);
  drawSample(std::vector<double>{0.0, 1.0, 0.0, 0.0}, 12, random, counts);
  EXPECT_THAT(counts, testing::ElementsAre(0, 12, 0, 0));
}

TEST(Multinomial, SamplesHaveTheirSizeMeansAndCovariance) {
  const std::vector<double> shares = {0.5, 0.0, 0.2, 0.3, 0.0};
  RandomStream random(1, "sample");
  for (const std::uint64_t respondents : {3u, 60u, 100000u}) {
    const double n = static_cast<double>(respondents);
    std::vector<std::uint64_t> counts(5);
    std::vector<double> means(5, 0.0);
    double product = 0.0;
    constexpr int draws = 40000;
    for (int i = 0; i < draws; ++i) {
      drawSample(shares, respondents, random, counts);
      ASSERT_EQ(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}), respondents);
      for (std::size_t k = 0; k < 5; ++k) means[k] += static_cast<double>(counts[k]) / draws;
      product += (static_cast<double>(counts[0]) - 0.5 * n) *
                 (static_cast<double>(counts[2]) - 0.2 * n) / draws;
    }
    for (std::size_t k = 0; k < 5; ++k) {
      EXPECT_NEAR(means[k], n * shares[k], 4 * std::sqrt(n * shares[k] * (1 - shares[k]) / draws));
    }
    EXPECT_NEAR(product, -n * 0.5 * 0.2, 0.1 * n * 0.5 * 0.2 + 0.01 * n);
  }
}

TEST(Multinomial, VisitsEverySampleOnce) {
  const std::vector<double> shares = {0.5, 0.0, 0.2, 0.3};
  for (const std::uint64_t respondents : {1u, 2u, 7u, 25u}) {
    std::map<std::vector<std::uint64_t>, double> seen;
    double mean = 0.0;
    double total = 0.0;
    forEachSample(shares, respondents, [&](std::span<const std::uint64_t> counts, double chance) {
      EXPECT_TRUE(seen.emplace(std::vector(counts.begin(), counts.end()), chance).second);
      total += chance;
      mean += chance * static_cast<double>(counts[2]);
    });
    EXPECT_EQ(static_cast<double>(seen.size()), countSamples(shares, respondents));
    EXPECT_NEAR(total, 1.0, 1e-12);
    EXPECT_NEAR(mean, 0.2 * static_cast<double>(respondents), 1e-11);
  }
}

TEST(Multinomial, SampleOfTwoByHand) {
  std::map<std::vector<std::uint64_t>, double> seen;
  forEachSample(std::vector<double>{0.7, 0.3}, 2,
                [&](std::span<const std::uint64_t> counts, double chance) {
                  seen[{counts.begin(), counts.end()}] = chance;
                });
  ASSERT_EQ(seen.size(), 3u);
  EXPECT_DOUBLE_EQ((seen[{2, 0}]), 0.49);
  EXPECT_DOUBLE_EQ((seen[{1, 1}]), 0.42);
  EXPECT_DOUBLE_EQ((seen[{0, 2}]), 0.09);
}

TEST(Multinomial, CountsSamples) {
  const std::vector<double> three = {0.5, 0.0, 0.2, 0.3};
  EXPECT_EQ(countSamples(three, 4), 15.0);
  EXPECT_EQ(countSamples(std::vector<double>{0.0, 1.0}, 1000), 1.0);
  EXPECT_EQ(countSamples(std::vector<double>{0.5, 0.5}, 1000), 1001.0);
  EXPECT_GT(countSamples(std::vector<double>(200, 0.005), 1000000), 1e300);
}

}  // namespace
}  // namespace canvass
