#include "intervals/interval_model.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "base/random.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

// A world in which predictions err by a known amount, in common for a question or a population, and
// surveys have a sample of known size.
struct World {
  std::size_t questions = 60;
  std::size_t populations = 20;
  double ownError = 0.06;         // standard deviations
  double questionError = 0.0;     // the same for all populations
  double populationFactor = 1.0;  // of the errors in every second population
  double respondents = 0.0;       // 0: everyone was asked
};

Distribution withinRange(Distribution shares) {
  for (double& share : shares) share = std::max(share, 0.001);
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

// The shares of so many respondents, drawn by the normal approximation of a multinomial.
Distribution sampled(const Distribution& shares, double respondents, RandomStream& random) {
  Distribution drawn = shares;
  for (double& share : drawn) share += std::sqrt(share / respondents) * random.normal();
  return withinRange(drawn);
}

std::vector<CalibrationItem> itemsOf(const World& world, std::uint64_t seed) {
  RandomStream random(seed, "world");
  std::vector<CalibrationItem> items;
  for (std::size_t q = 0; q < world.questions; ++q) {
    const std::size_t options = 2 + q % 4;
    std::vector<double> common;
    for (std::size_t k = 0; k < options; ++k)
      common.push_back(world.questionError * random.normal());
    for (std::size_t p = 0; p < world.populations; ++p) {
      const double factor = p % 2 == 0 ? world.populationFactor : 1.0;
      Distribution predicted(options);
      for (double& share : predicted) share = 1.0 + static_cast<double>(random.below(100)) / 50.0;
      predicted = withinRange(predicted);
      Distribution truth = predicted;
      for (std::size_t k = 0; k < options; ++k) {
        truth[k] += common[k] + factor * world.ownError * random.normal();
      }
      truth = withinRange(truth);
      CalibrationItem item{
          fmt::format("q{}", q), fmt::format("p{}", p), "", {}, predicted, truth, {}};
      item.samplingVariances.assign(options, 0.0);
      if (world.respondents > 0.0) {
        item.observed = sampled(truth, world.respondents, random);
        for (std::size_t k = 0; k < options; ++k) {
          item.samplingVariances[k] =
              item.observed[k] * (1.0 - item.observed[k]) / world.respondents;
        }
      }
      items.push_back(std::move(item));
    }
  }
  return items;
}

double coverage(const std::vector<CheckedInterval>& checked) {
  double covered = 0.0;
  for (const CheckedInterval& one : checked) covered += one.isCovered ? 1.0 : 0.0;
  return covered / static_cast<double>(checked.size());
}

struct Simulation {
  const char* name;
  World world;
  IntervalPlan plan;
  double lowest;  // mean coverage over simulated worlds
  double highest;
};

class Intervals : public ::testing::TestWithParam<Simulation> {};

TEST_P(Intervals, HoldAsOftenAsTheySay) {
  constexpr int worlds = 10;
  double sum = 0.0;
  for (int i = 0; i < worlds; ++i) {
    const auto items = itemsOf(GetParam().world, static_cast<std::uint64_t>(i));
    sum += coverage(checkIntervals(items, GetParam().plan, 1));
  }
  EXPECT_GE(sum / worlds, GetParam().lowest);
  EXPECT_LE(sum / worlds, GetParam().highest);
}

INSTANTIATE_TEST_SUITE_P(
    Worlds, Intervals,
    ::testing::Values(
        Simulation{"Cells", {}, {NewBy::cell, 0.9}, 0.88, 0.92},
        Simulation{"CellsAt80", {}, {NewBy::cell, 0.8}, 0.78, 0.82},
        Simulation{
            "CellsOfUnequalPopulations", {.populationFactor = 3.0}, {NewBy::cell, 0.9}, 0.88, 0.92},
        Simulation{"SampledCells", {.respondents = 400}, {NewBy::cell, 0.9}, 0.88, 0.92},
        Simulation{"Questions", {.questionError = 0.1}, {NewBy::question, 0.9}, 0.88, 0.95},
        Simulation{
            "FewPopulations", {.populationFactor = 2.0}, {NewBy::population, 0.9}, 0.88, 0.99}),
    [](const auto& simulation) { return simulation.param.name; });

// Where the errors of a question are in common, intervals for new cells are too narrow for a new
// question: what is new must be said.
TEST(IntervalModel, OfCellsIsTooNarrowForNewQuestions) {
  const World world{.questions = 40, .ownError = 0.01, .questionError = 0.1};
  double covered = 0.0;
  double items = 0.0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const auto known = itemsOf(world, seed);
    const auto others = itemsOf(world, seed + 100);
    const IntervalModel ofCells(known, {NewBy::cell, 0.9});
    for (CalibrationItem item : others) {
      item.question = "new " + item.question;
      covered += checkedInterval(item, ofCells.of(item)).isCovered ? 1.0 : 0.0;
      items += 1.0;
    }
  }
  EXPECT_LT(covered / items, 0.9);
}

// Populations of which more is wrong get wider intervals; without that, all have the same.
TEST(IntervalModel, IsWiderWhereErrorsAreLarger) {
  const auto items = itemsOf({.populationFactor = 3.0}, 1);
  const Distribution predicted{0.5, 0.5};
  const auto width = [&](const IntervalModel& model, const char* population) {
    const Interval one = model.of("q0", population, predicted).front();
    return one.high - one.low;
  };
  const IntervalModel ofCells(items, {NewBy::cell, 0.9});
  EXPECT_GT(width(ofCells, "p0"), 2.0 * width(ofCells, "p1"));
  const IntervalModel ofPopulations(items, {NewBy::population, 0.9});
  EXPECT_EQ(width(ofPopulations, "p0"), width(ofPopulations, "p1"));
}

// Learned from samples, the intervals of the truth are those of a survey of everyone.
TEST(IntervalModel, TakesSamplingOutAndPutsItBack) {
  const World sampledWorld{.ownError = 0.05, .respondents = 100};
  const World wholeWorld{.ownError = 0.05};
  const Distribution predicted{0.5, 0.5};
  const auto width = [&](const World& world, std::optional<double> respondents) {
    double sum = 0.0;
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      const IntervalModel model(itemsOf(world, seed), {NewBy::question, 0.9, respondents});
      const Interval one = model.of("new", "p0", predicted).front();
      sum += one.high - one.low;
    }
    return sum / 10.0;
  };
  EXPECT_NEAR(width(sampledWorld, std::nullopt), width(wholeWorld, std::nullopt), 0.03);
  EXPECT_GT(width(sampledWorld, 100), 1.3 * width(sampledWorld, std::nullopt));
  EXPECT_GT(width(sampledWorld, 100), width(sampledWorld, 1000));
}

// A simple random sample of n errs by p (1 - p) / n.
TEST(IntervalModel, SaysHowManyRespondentsAreAsGood) {
  for (const double error : {0.02, 0.1}) {
    std::vector<CalibrationItem> items;
    for (int i = 0; i < 1000; ++i) {
      const double wrong = i % 2 == 0 ? error : -error;
      items.push_back(
          {fmt::format("q{}", i), "p", "", {}, {0.5, 0.5}, {0.5 + wrong, 0.5 - wrong}, {0.0, 0.0}});
    }
    const IntervalModel model(items, {NewBy::question, 0.9});
    EXPECT_NEAR(model.respondentsAsGoodAs("new", "p", {0.5, 0.5}), 0.25 / (error * error),
                1e-6 / (error * error));
    const Interval interval = model.of("new", "p", {0.5, 0.5}).front();
    EXPECT_NEAR(interval.high, 0.5 + error, 1e-9);
    EXPECT_NEAR(interval.low, 0.5 - error, 1e-9);
  }
}

TEST(IntervalModel, NeedsEnoughGroups) {
  const auto items = itemsOf({.questions = 30, .populations = 8}, 1);
  EXPECT_THAT(test::errorOf([&] {
                IntervalModel(items, {NewBy::population, 0.9});
              }),
              HasSubstr("need 9 populations that were observed and predicted, and there are 8"));
  EXPECT_NO_THROW(IntervalModel(items, {NewBy::population, 0.85}));
  EXPECT_TRUE(checkIntervals(itemsOf({.populations = 9}, 1), {NewBy::population, 0.9}, 1).empty());
}

TEST(IntervalModel, StandsPerfectPredictions) {
  std::vector<CalibrationItem> items;
  for (int i = 0; i < 20; ++i) {
    items.push_back({fmt::format("q{}", i), "p", "", {}, {0.3, 0.7}, {0.3, 0.7}, {0.0, 0.0}});
  }
  const IntervalModel model(items, {NewBy::cell, 0.9});
  const Interval interval = model.of("q1", "p", {0.3, 0.7}).front();
  EXPECT_EQ(interval.low, 0.3);
  EXPECT_EQ(interval.high, 0.3);
}

}  // namespace
}  // namespace canvass
