#include "stats/multiple_comparisons.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "stats/simulated_runs.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

const Json& golden() {
  static const Json content = parseJson(
      readFile(sourceFolder() / "tests/stats/golden/multiple_comparisons.json"), "golden");
  return content;
}

// All pairs of `columns` columns that are equal, with independent normal errors of one size.
std::vector<PairedResamples> pairsOfEqualColumns(std::size_t columns, std::size_t resamples) {
  RandomStream random(21, "equal columns");
  std::vector<std::vector<double>> means(columns, std::vector<double>(resamples));
  for (auto& ofColumn : means) {
    for (double& mean : ofColumn) mean = random.normal();
  }
  std::vector<PairedResamples> pairs;
  for (std::size_t a = 0; a < columns; ++a) {
    for (std::size_t b = a + 1; b < columns; ++b) {
      PairedResamples pair{a, b, 0.0, 1.0};
      for (std::size_t r = 0; r < resamples; ++r) {
        pair.byChance.push_back((means[a][r] - means[b][r]) / std::sqrt(2.0));
      }
      pairs.push_back(std::move(pair));
    }
  }
  return pairs;
}

TEST(PairedResamples, AgreeWithNumPy) {
  const Json& paired = golden()["paired"];
  std::vector<Crossing> items;
  for (const Json& item : paired["items"]) items.push_back({item[0], item[1]});
  const std::vector<ItemColumn> columns = paired["columns"];
  const auto pairs = pairedResamples(CrossedBootstrap(items, {.resamples = 200}), columns);
  ASSERT_EQ(pairs.size(), 3u);
  EXPECT_EQ(pairs[1].first, 0u);
  EXPECT_EQ(pairs[1].second, 2u);
  for (std::size_t i = 0; i < 3; ++i) {
    const Json& expected = paired["pairs"][i];
    EXPECT_NEAR(pairs[i].difference, expected["difference"], 1e-12);
    EXPECT_NEAR(pairs[i].standardError, expected["standard_error"], 1e-12);
    EXPECT_NEAR(pairs[i].t, expected["t"], 1e-9);
    EXPECT_EQ(pairs[i].byChance.size(), 200u);
    EXPECT_TRUE(pairs[i].interval->contains(pairs[i].difference));
  }
}

TEST(PairedResamples, OfEqualColumnsAreNothing) {
  RandomStream random(2, "equal");
  const auto runs = simulatedRuns({0.0, 0.0}, {}, random);
  ItemColumn rounded = runs.columns[0];
  for (double& score : rounded) score += 1e-15;
  const CrossedBootstrap bootstrap(runs.items, {.resamples = 100});
  const auto pairs = pairedResamples(bootstrap, std::vector{runs.columns[0], rounded});
  EXPECT_EQ(pairs[0].t, 0.0);
  EXPECT_EQ(pairs[0].interval->low, 0.0);
  EXPECT_THAT(adjustedProbabilities(pairs), ElementsAre(1.0));
  EXPECT_THAT(singleProbabilities(pairs), ElementsAre(1.0));
  EXPECT_EQ(simultaneousIntervals(pairs)[0].high, 0.0);
}

TEST(PairedResamples, TellApartWhatDiffersByTheSameOnEveryItem) {
  RandomStream random(2, "shifted");
  const auto runs = simulatedRuns({0.0}, {}, random);
  ItemColumn shifted = runs.columns[0];
  for (double& score : shifted) score += 0.25;
  const CrossedBootstrap bootstrap(runs.items, {.resamples = 99});
  const auto pairs = pairedResamples(bootstrap, std::vector{runs.columns[0], shifted});
  EXPECT_THAT(adjustedProbabilities(pairs), ElementsAre(0.01));
  EXPECT_NEAR(simultaneousIntervals(pairs)[0].low, -0.25, 1e-9);
  EXPECT_THAT(maybeHighest(pairs, 2), ElementsAre(false, true));
}

// What a resample says of itself is what the table of its copies says.
TEST(PairedResamples, StudentizeEachResampleByItself) {
  const Json& paired = golden()["paired"];
  std::vector<Crossing> items;
  for (const Json& item : paired["items"]) items.push_back({item[0], item[1]});
  const CrossedBootstrap bootstrap(items, {.resamples = 40});
  const auto pairs = pairedResamples(bootstrap, paired["columns"].get<std::vector<ItemColumn>>());
  std::size_t resample = 0;
  bootstrap.eachResample(
      [&](std::span<const double> questions, std::span<const double> populations) {
        // The same draw as a table with a row or column for each copy.
        std::vector<Crossing> copies;
        ItemColumn differences;
        std::size_t copy = 0;
        for (std::size_t q = 0; q < questions.size(); ++q) {
          for (double c = 0; c < questions[q]; ++c, ++copy) {
            for (std::size_t i = 0; i < items.size(); ++i) {
              if (bootstrap.items()[i].question != q) continue;
              const std::size_t p = bootstrap.items()[i].population;
              for (std::size_t d = 0; d < populations[p]; ++d) {
                copies.push_back({copy, 100 * p + d});
                differences.push_back(paired["columns"][0][i].get<double>() -
                                      paired["columns"][1][i].get<double>());
              }
            }
          }
        }
        const CrossedBootstrap whole(copies, {});
        const double error = std::sqrt(whole.spreadOf(influenceOnMean(differences)).variance);
        const double t = (meanOfColumn(differences) - pairs[0].difference) / error;
        EXPECT_NEAR(pairs[0].byChance[resample++], t, 1e-9);
      });
}

TEST(PairedResamples, AreNoneWhereNothingCanBeResampled) {
  const std::vector<Crossing> alone{{0, 0}};
  EXPECT_TRUE(
      pairedResamples(CrossedBootstrap(alone, {}), std::vector<ItemColumn>{{1}, {2}}).empty());
}

TEST(MultipleComparisons, StepDownAsDefined) {
  for (const Json& one : golden()["steps"]) {
    std::vector<PairedResamples> pairs;
    for (std::size_t i = 0; i < one["observed"].size(); ++i) {
      PairedResamples pair;
      pair.difference = pair.t = one["observed"][i];
      pair.byChance = one["draws"][i].get<std::vector<double>>();
      pairs.push_back(std::move(pair));
    }
    const std::vector<double> adjusted = adjustedProbabilities(pairs);
    EXPECT_THAT(adjusted, Pointwise(DoubleNear(1e-12), one["stepdown"].get<std::vector<double>>()));
    EXPECT_THAT(singleProbabilities(pairs),
                Pointwise(DoubleNear(1e-12), one["single"].get<std::vector<double>>()));
    // Holm knows nothing of how the differences go together: never a smaller p.
    for (std::size_t i = 0; i < adjusted.size(); ++i) {
      EXPECT_LE(adjusted[i], one["holm"][i].get<double>() + 1e-12);
    }
  }
}

TEST(MultipleComparisons, HaveTukeysAndDunnettsCriticalValues) {
  for (const Json& one : golden()["critical"]) {
    const std::size_t columns = one["columns"];
    auto pairs = pairsOfEqualColumns(columns, 20000);
    EXPECT_NEAR(simultaneousIntervals(pairs)[0].high, one["tukey"], 0.04) << columns;
    // A lead of column 1 over column 0 just below and just above Dunnett's value.
    for (const double beyond : {-0.05, 0.05}) {
      pairs[0].t = -(one["dunnett"].get<double>() + beyond);
      const auto maybe = maybeHighest(pairs, columns);
      EXPECT_EQ(maybe[0], beyond < 0.0) << columns;
      EXPECT_EQ(std::ranges::count(maybe, true), static_cast<long>(columns) - !maybe[0]);
    }
  }
}

TEST(MultipleComparisons, GroupsAreTheLargestIndistinguishableSets) {
  using Groups = std::vector<std::vector<std::size_t>>;
  EXPECT_EQ(indistinguishableGroups(3, {}), (Groups{{0, 1, 2}}));
  const std::vector<ColumnPair> ends{{0, 2}};
  EXPECT_EQ(indistinguishableGroups(3, ends), (Groups{{0, 1}, {1, 2}}));
  const std::vector<ColumnPair> all{{0, 1}, {0, 2}, {1, 2}};
  EXPECT_EQ(indistinguishableGroups(3, all), (Groups{{0}, {1}, {2}}));
}

// Whatever is told apart: two columns share a group exactly where they are not, and no group lies
// within another.
TEST(MultipleComparisons, GroupsSayExactlyWhatIsDistinguishable) {
  RandomStream random(5, "graphs");
  for (std::size_t graph = 0; graph < 200; ++graph) {
    const std::size_t columns = 2 + random.below(7);
    std::set<ColumnPair> apart;
    for (std::size_t a = 0; a < columns; ++a) {
      for (std::size_t b = a + 1; b < columns; ++b) {
        if (random.uniform() < 0.4) apart.insert({a, b});
      }
    }
    const auto groups = indistinguishableGroups(columns, std::vector(apart.begin(), apart.end()));
    std::set<ColumnPair> together;
    for (const auto& group : groups) {
      for (const std::size_t a : group) {
        for (const std::size_t b : group) {
          if (a < b) together.insert({a, b});
        }
      }
      for (const auto& other : groups) {
        EXPECT_TRUE(&other == &group || !std::ranges::includes(other, group));
      }
    }
    for (std::size_t a = 0; a < columns; ++a) {
      for (std::size_t b = a + 1; b < columns; ++b) {
        EXPECT_NE(together.contains({a, b}), apart.contains({a, b}));
      }
    }
  }
}

}  // namespace
}  // namespace canvass
