#include "intervals/trusted_size.h"

#include <fmt/format.h>

#include <cmath>

#include "base/random.h"
#include "support/test_support.h"

namespace canvass {
namespace {

// Items of two options whose predictions are the shares of `size` people, drawn from the truth, by
// the normal approximation; people of a question share so much of their error.
std::vector<CalibrationItem> predictedBySamples(double size, double common, std::uint64_t seed,
                                                std::size_t questions = 200) {
  RandomStream random(seed, "samples as predictions");
  std::vector<CalibrationItem> items;
  for (std::size_t q = 0; q < questions; ++q) {
    const double ofQuestion = random.normal();
    for (std::size_t p = 0; p < 5; ++p) {
      const double truth = 0.3 + 0.4 * random.uniform();
      const double noise = common * ofQuestion + std::sqrt(1.0 - common * common) * random.normal();
      const double predicted = truth + std::sqrt(truth * (1.0 - truth) / size) * noise;
      items.push_back({fmt::format("q{}", q),
                       fmt::format("p{}", p),
                       "",
                       {},
                       {predicted, 1.0 - predicted},
                       {truth, 1.0 - truth},
                       {0.0, 0.0}});
    }
  }
  return items;
}

double heldAt(double size, const std::vector<CalibrationItem>& items, double z) {
  double held = 0.0;
  for (const CalibrationItem& item : items) {
    const double p = item.predicted[0];
    const bool holds = std::abs(item.observed[0] - p) <= z * std::sqrt(p * (1.0 - p) / size);
    held += holds ? 1.0 : 0.0;
  }
  return held / static_cast<double>(items.size());
}

constexpr double z90 = 1.6448536269514722;

struct TrustedCase {
  const char* name;
  NewBy newBy;
  double common;
};

class TrustedSize : public testing::TestWithParam<TrustedCase> {};

// What is learned from some questions holds for others.
TEST_P(TrustedSize, IsAsManyPeopleAsThePredictionsAreSharesOf) {
  const auto& [name, newBy, common] = GetParam();
  double held = 0.0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto size = trustedRespondents(predictedBySamples(80, common, seed), {newBy, 0.9});
    ASSERT_TRUE(size);
    EXPECT_NEAR(*size, 80.0, 30.0);
    held += heldAt(*size, predictedBySamples(80, common, 100 + seed), z90) / 20.0;
  }
  EXPECT_NEAR(held, 0.9, 0.02);
}

INSTANTIATE_TEST_SUITE_P(Intervals, TrustedSize,
                         testing::Values(TrustedCase{"cells", NewBy::cell, 0.0},
                                         TrustedCase{"questions", NewBy::question, 0.8}),
                         [](const auto& one) { return one.param.name; });

TEST(TrustedSizes, CountNoErrorThatTheSurveysSamplingExplains) {
  std::vector<CalibrationItem> items = predictedBySamples(1e9, 0.0, 1);
  RandomStream random(2, "survey");
  for (CalibrationItem& item : items) {
    const double variance = item.observed[0] * (1.0 - item.observed[0]) / 100.0;
    item.observed[0] += std::sqrt(variance) * random.normal();
    item.observed[1] = 1.0 - item.observed[0];
    item.samplingVariances = {variance, variance};
  }
  EXPECT_GT(*trustedRespondents(items, {NewBy::cell, 0.85}), 1e5);
  for (CalibrationItem& item : items) item.samplingVariances = {0.0, 0.0};
  EXPECT_NEAR(*trustedRespondents(items, {NewBy::cell, 0.85}), 100.0, 20.0);
}

TEST(TrustedSizes, NeedAsManyGroupsAsIntervals) {
  EXPECT_FALSE(trustedRespondents(predictedBySamples(80, 0.0, 1, 5), {NewBy::question, 0.9}));
  EXPECT_TRUE(trustedRespondents(predictedBySamples(80, 0.0, 1, 9), {NewBy::question, 0.9}));
}

TEST(TrustedSizes, AreNoneWherePredictionsAreFarOff) {
  std::vector<CalibrationItem> items = predictedBySamples(80, 0.0, 1, 20);
  for (CalibrationItem& item : items) item.predicted = {0.999, 0.001};
  EXPECT_EQ(*trustedRespondents(items, {NewBy::cell, 0.9}), 0.0);
}

}  // namespace
}  // namespace canvass
