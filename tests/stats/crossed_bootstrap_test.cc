#include "stats/crossed_bootstrap.h"

#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Every one of `questions` asked of every one of `populations`, with scores of main effects and of
// what is peculiar to the item.
struct Table {
  std::vector<Crossing> items;
  ItemColumn scores;
};

Table crossedTable(std::size_t questions, std::size_t populations, RandomStream& random) {
  Table table;
  std::vector<double> effects(populations);
  for (double& effect : effects) effect = random.normal();
  for (std::size_t q = 0; q < questions; ++q) {
    const double effect = random.normal();
    for (std::size_t p = 0; p < populations; ++p) {
      table.items.push_back({q, p});
      table.scores.push_back(effect + effects[p] + random.normal());
    }
  }
  return table;
}

std::optional<Interval> intervalOf(const std::vector<Crossing>& items, const ItemColumn& column,
                                   const BootstrapOptions& options = {}) {
  return CrossedBootstrap(items, options).meanIntervals({&column, 1}).front();
}

TEST(CrossedBootstrap, IsAsWideAsTheTwoWayClusteredVarianceSays) {
  const Json golden =
      parseJson(readFile(sourceFolder() / "tests/stats/golden/uncertainty.json"), "golden");
  for (const Json& one : golden["tables"]) {
    std::vector<Crossing> items;
    ItemColumn scores;
    for (const Json& item : one["items"]) {
      items.push_back({item[0], item[1]});
      scores.push_back(item[2]);
    }
    EXPECT_NEAR(meanOfColumn(scores), one["mean"].get<double>(), 1e-6);
    const auto interval = intervalOf(items, scores, {.resamples = 4000});
    ASSERT_TRUE(interval);
    // The quantiles of 4,000 resamples leave some 2 % of the width open.
    const double half = one["half_width"];
    EXPECT_NEAR((interval->high - interval->low) / 2, half, 0.06 * half);
    EXPECT_TRUE(interval->contains(one["mean"]));
  }
}

TEST(CrossedBootstrap, PairsColumns) {
  RandomStream random(3, "paired");
  const Table table = crossedTable(20, 8, random);
  ItemColumn shifted = table.scores;
  for (double& score : shifted) score += 0.25;
  const CrossedBootstrap bootstrap(table.items, {.resamples = 50});
  const auto means = bootstrap.means(std::vector{table.scores, shifted});
  for (std::size_t r = 0; r < 50; ++r) EXPECT_NEAR(means[1][r] - means[0][r], 0.25, 1e-12);
}

TEST(CrossedBootstrap, WeighsAnItemByItsQuestionTimesItsPopulation) {
  // The only item with a score of 1 is counted c d times of (2 and 2 draws): 0, 1/4, 1/2 or 1.
  const std::vector<Crossing> items{{0, 0}, {0, 1}, {1, 0}, {1, 1}};
  const ItemColumn scores{1, 0, 0, 0};
  const CrossedBootstrap bootstrap(items, {.resamples = 4000});
  std::map<double, double> shares;
  const auto means = bootstrap.means({&scores, 1});
  for (const double mean : means.front()) shares[mean] += 1.0 / 4000;
  EXPECT_EQ(shares.size(), 4u);
  EXPECT_NEAR(shares[0.0], 1 - 0.75 * 0.75, 0.03);
  EXPECT_NEAR(shares[0.25], 0.25, 0.03);
  EXPECT_NEAR(shares[0.5], 0.25, 0.03);
  EXPECT_NEAR(shares[1.0], 0.0625, 0.02);
}

TEST(CrossedBootstrap, IsTheSameForTheSameSeed) {
  RandomStream random(4, "seeds");
  const Table table = crossedTable(10, 5, random);
  const auto first = intervalOf(table.items, table.scores, {.resamples = 100, .seed = 1});
  const auto again = intervalOf(table.items, table.scores, {.resamples = 100, .seed = 1});
  const auto other = intervalOf(table.items, table.scores, {.resamples = 100, .seed = 2});
  EXPECT_EQ(first->low, again->low);
  EXPECT_NE(first->low, other->low);
}

TEST(CrossedBootstrap, ResamplesQuestionsAloneWhereThereIsOnePopulation) {
  const std::vector<Crossing> items{{0, 7}, {1, 7}, {2, 7}, {3, 7}};
  const ItemColumn scores{0.1, 0.3, 0.2, 0.6};
  const auto interval = intervalOf(items, scores, {.resamples = 20000});
  // t with 3 degrees of freedom times the standard error of a mean of four, but within the scores.
  EXPECT_EQ(interval->low, 0.1);
  EXPECT_NEAR(interval->high, 0.3 + 3.182 * std::sqrt(0.14 / 3 / 4), 0.06);
}

TEST(CrossedBootstrap, KnowsNothingOfWhatItCannotResample) {
  const double infinite = std::numeric_limits<double>::infinity();
  const std::vector<Crossing> items{{0, 0}, {1, 0}, {0, 1}};
  EXPECT_FALSE(intervalOf({{3, 4}}, {0.5}));
  EXPECT_FALSE(intervalOf(items, {none, none, none}));
  EXPECT_FALSE(intervalOf(items, {0.5, infinite, 0.5}));
  EXPECT_FALSE(intervalOf(items, {0.5, none, none})) << "over one in twenty resamples lack it";
}

TEST(CrossedBootstrap, OfEqualScoresIsAPoint) {
  const auto interval = intervalOf({{0, 0}, {1, 0}, {0, 1}, {1, 1}}, {0.5, 0.5, 0.5, 0.5});
  EXPECT_EQ(interval->low, 0.5);
  EXPECT_EQ(interval->high, 0.5);
}

TEST(CrossedBootstrap, LeavesOutItemsWithoutAScore) {
  RandomStream random(5, "gaps");
  Table table = crossedTable(30, 10, random);
  Table kept;
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    if (i % 10 == 0) {
      table.scores[i] = none;
    } else {
      kept.items.push_back(table.items[i]);
      kept.scores.push_back(table.scores[i]);
    }
  }
  const std::vector<ItemColumn> columns{table.scores};
  const auto gaps = CrossedBootstrap(table.items, {.resamples = 2000}).meanIntervals(columns)[0];
  const auto without = intervalOf(kept.items, kept.scores, {.resamples = 2000});
  EXPECT_NEAR(gaps->low, without->low, 0.1);
  EXPECT_NEAR(gaps->high, without->high, 0.1);
}

TEST(CrossedBootstrap, NeedsEnoughResamples) {
  EXPECT_EQ(errorOf([] { CrossedBootstrap({}, {.resamples = 39}); }),
            "39 resamples are too few for a 95% interval; ask for 40 or more");
}

}  // namespace
}  // namespace canvass
