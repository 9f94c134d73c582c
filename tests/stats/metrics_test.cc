#include "stats/metrics.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "stats/item_metrics.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using Shares = std::vector<double>;

Json goldenCases() {
  const auto path = test::sourceFolder() / "tests" / "stats" / "golden_metrics.json";
  return parseJson(readFile(path), path.string());
}

Shares sharesOf(const Json& array) {
  return array.is_null() ? Shares{} : array.get<std::vector<double>>();
}

// The golden file has null for infinity, and for what the oracle does not compute.
void expectGolden(const Json& expected, const char* metric, double actual) {
  SCOPED_TRACE(metric);
  const Json& value = expected.at(metric);
  if (value.is_number()) {
    EXPECT_NEAR(actual, value.get<double>(), 1e-12);
  } else if (std::string(metric) == "kl") {
    EXPECT_TRUE(std::isinf(actual));
  }
}

TEST(Metrics, AgreeWithSciPy) {
  for (const Json& golden : goldenCases()) {
    SCOPED_TRACE(golden.at("name").get<std::string>());
    const Shares p = sharesOf(golden.at("p"));
    const Shares q = sharesOf(golden.at("q"));
    const Json& expected = golden.at("expected");
    expectGolden(expected, "js_distance", jsDistance(p, q));
    expectGolden(expected, "entropy", entropy(p));
    const Shares values = sharesOf(golden.at("values"));
    for (const ItemMetric& metric : itemMetrics()) {
      expectGolden(expected, std::string(metric.name).c_str(), metric.score({p, q, values}));
    }
  }
}

TEST(Metrics, AreBestForTheSameDistribution) {
  const Shares p{0.1, 0.0, 0.6, 0.3};
  for (const ItemMetric& metric : itemMetrics()) {
    SCOPED_TRACE(metric.name);
    EXPECT_EQ(metric.score({p, p, {}}), metric.better == Better::higher ? 1.0 : 0.0);
  }
}

TEST(Metrics, EmdSeesTheOrderThatTheLegacyOneDoesNot) {
  const Shares p{0.7, 0.2, 0.1};
  const Shares reversed{0.1, 0.2, 0.7};
  EXPECT_DOUBLE_EQ(emd(p, reversed), 0.6);
  EXPECT_EQ(emdLegacy(p, reversed), 0.0);
}

TEST(Metrics, EmdWeighsGapsByTheValues) {
  const Shares p{1, 0, 0};
  const Shares q{0, 1, 0};
  EXPECT_DOUBLE_EQ(emd(p, q), 0.5);
  EXPECT_DOUBLE_EQ(emd(p, q, Shares{0, 1, 10}), 0.1);
  EXPECT_DOUBLE_EQ(emd(p, q, Shares{10, 9, 0}), 0.1);
}

TEST(Metrics, ToleranceDecidesWhatIsATie) {
  const Shares p{0.51, 0.49};
  const Shares q{0.49, 0.51};
  EXPECT_EQ(rankAgreement(p, q), 0.0);
  EXPECT_EQ(rankAgreement(p, q, 0.03), 1.0);
  EXPECT_EQ(topAgreement(p, q), 0.0);
  EXPECT_EQ(topAgreement(p, q, 0.03), 1.0);
}

TEST(Metrics, UniformPredictionWinsNoRanking) {
  EXPECT_EQ(rankAgreement(Shares{0.6, 0.3, 0.1}, Shares(3, 1.0 / 3)), 0.0);
  EXPECT_DOUBLE_EQ(topAgreement(Shares{0.6, 0.3, 0.1}, Shares(3, 1.0 / 3)), 1.0 / 3);
}

TEST(Metrics, SayWhatTheyCannotCompare) {
  const Shares two{0.5, 0.5};
  const Shares three{0.2, 0.3, 0.5};
  for (const auto metric : {jsDistance, jsSimilarity, jsDivergenceBits, emdLegacy, tvd, kl}) {
    EXPECT_EQ(errorOf([&] { metric(two, three); }),
              "two distributions over 2 and 3 options cannot be compared");
    EXPECT_EQ(errorOf([&] { metric({}, {}); }), "a distribution over no options has no metrics");
  }
  EXPECT_EQ(errorOf([] { emd(Shares{1}, Shares{1}); }),
            "a single option has no order to measure a distance along");
  EXPECT_EQ(errorOf([&] { emd(two, two, three); }), "3 values for 2 options");
  for (const Shares& values : {Shares{1, 3, 2}, Shares{1, 1, 2}, Shares{2, 2, 1}}) {
    EXPECT_EQ(errorOf([&] { emd(three, three, values); }),
              "the values of the options neither always rise nor always fall; list the options in "
              "the order of their values, or call the question nominal");
  }
}

TEST(ItemMetrics, AreFoundByName) {
  EXPECT_EQ(itemMetrics()[metricIndex("emd")].name, "emd");
  EXPECT_EQ(errorOf([] { metricIndex("jsd"); }),
            "\"jsd\" is not a metric; choose one of js_similarity, js_divergence_bits, emd, "
            "emd_legacy, tvd, kl, accuracy, entropy_error, rank_score");
}

TEST(ItemMetrics, OnlyEmdNeedsAnOrder) {
  for (const ItemMetric& metric : itemMetrics()) {
    EXPECT_EQ(metric.appliesToScale(Scale::nominal), metric.name != "emd") << metric.name;
    EXPECT_TRUE(metric.appliesToScale(Scale::ordinal));
    EXPECT_TRUE(metric.appliesToScale(Scale::interval));
  }
}

}  // namespace
}  // namespace canvass
