#include "pooling/pool.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

double crossEntropy(const Pool& pool, const std::vector<PoolItem>& items) {
  double sum = 0.0;
  for (const PoolItem& item : items) {
    const Distribution pooled = poolDistributions(pool, item.predicted);
    for (std::size_t k = 0; k < pooled.size(); ++k) sum -= item.observed[k] * std::log(pooled[k]);
  }
  return sum / static_cast<double>(items.size());
}

TEST(Pool, IsTheMeanOrTheProductOfPowers) {
  const std::vector<Distribution> predicted = {{0.8, 0.2}, {0.4, 0.6}};
  EXPECT_THAT(poolDistributions({PoolKind::linear, {0.25, 0.75}}, predicted),
              ElementsAre(DoubleNear(0.5, 1e-12), DoubleNear(0.5, 1e-12)));
  const double yes = std::pow(0.802, 2.0) * std::pow(0.402, 0.5);
  const double no = std::pow(0.202, 2.0) * std::pow(0.602, 0.5);
  EXPECT_THAT(poolDistributions({PoolKind::logarithmic, {2.0, 0.5}}, predicted),
              ElementsAre(DoubleNear(yes / (yes + no), 1e-12), DoubleNear(no / (yes + no), 1e-12)));
}

TEST(Pool, WeightsAreThoseOfAGeneralOptimizer) {
  const auto path = sourceFolder() / "tests" / "pooling" / "golden" / "pools.json";
  const Json golden = parseJson(readFile(path), path.string());
  std::vector<PoolItem> items;
  for (const Json& item : golden.at("items")) {
    items.push_back({item.at("observed").get<Distribution>(),
                     item.at("predicted").get<std::vector<Distribution>>()});
  }
  for (const PoolKind kind : {PoolKind::linear, PoolKind::logarithmic}) {
    const Json& expected = golden.at(poolName(kind));
    const Pool pool = fitPool(kind, items);
    EXPECT_THAT(pool.weights, Pointwise(DoubleNear(1e-4), expected.at("weights")))
        << poolName(kind);
    EXPECT_LE(crossEntropy(pool, items), expected.at("loss").get<double>() + 1e-8);
  }
}

TEST(Pool, LogarithmicWeightsUndoATemperature) {
  RandomStream random(3, "items");
  std::vector<PoolItem> items;
  for (int i = 0; i < 40; ++i) {
    Distribution flat = {0.1 + random.uniform(), 0.1 + random.uniform(), 0.1 + random.uniform()};
    flat = normalized(flat, "flat");
    Distribution sharp;
    for (const double share : flat) sharp.push_back(std::pow(share + 0.002, 2.5));
    items.push_back({normalized(sharp, "sharp"), {flat}});
  }
  EXPECT_THAT(fitPool(PoolKind::logarithmic, items).weights, ElementsAre(DoubleNear(2.5, 1e-6)));
}

TEST(Pool, GivesNoWeightToWhatMisleads) {
  std::vector<PoolItem> items;
  for (const double share : {0.1, 0.3, 0.6, 0.8}) {
    items.push_back({{share, 1 - share}, {{share, 1 - share}, {1 - share, share}}});
  }
  for (const PoolKind kind : {PoolKind::linear, PoolKind::logarithmic}) {
    const std::vector<double> weights = fitPool(kind, items).weights;
    EXPECT_NEAR(weights[1], 0.0, 1e-3) << poolName(kind);
    EXPECT_GE(weights[1], 0.0) << poolName(kind);
  }
}

TEST(Pool, SurvivesSharesOfZeroAndInputsThatSayTheSame) {
  const std::vector<PoolItem> items = {{{0.5, 0.5, 0.0}, {{1.0, 0.0, 0.0}, {1.0, 0.0, 0.0}}},
                                       {{0.2, 0.8, 0.0}, {{0.0, 1.0, 0.0}, {0.0, 1.0, 0.0}}}};
  for (const PoolKind kind : {PoolKind::linear, PoolKind::logarithmic}) {
    const Pool pool = fitPool(kind, items);
    for (const double weight : pool.weights) EXPECT_TRUE(std::isfinite(weight) && weight >= 0.0);
  }
}

TEST(Pool, NeedsItemsAndPredictors) {
  const char* message =
      "there is nothing to fit weights on; give validation items that all predictors have "
      "predicted";
  EXPECT_EQ(errorOf([] { fitPool(PoolKind::linear, {}); }), message);
  EXPECT_EQ(errorOf([] { fitPool(PoolKind::logarithmic, {{{0.5, 0.5}, {}}}); }), message);
}

}  // namespace
}  // namespace canvass
