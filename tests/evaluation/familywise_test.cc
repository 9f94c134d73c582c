// What the procedures for many comparisons promise, in simulated comparisons of which the truth is
// known: the table in docs/comparing.md.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "stats/best_of_many.h"
#include "stats/multiple_comparisons.h"
#include "stats/simulated_runs.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

constexpr std::size_t simulations = 400;
constexpr std::size_t resamples = 400;

struct Outcome {
  double anyPair = 0.0;       // share of simulations in which some pair is told apart
  double outside = 0.0;       // ... in which some simultaneous interval leaves out the truth
  double bestIsMissed = 0.0;  // ... in which the first column may not be the best
  double unadjusted = 0.0;    // ... in which some pair's own p is below 5 %
  double candidates = 0.0;    // mean number that may be the best
};

Outcome simulate(const std::vector<double>& means, const RunEffects& effects) {
  RandomStream random(31, "familywise");
  Outcome outcome;
  const auto below = [](double p) { return p <= familywiseError; };
  for (std::size_t i = 0; i < simulations; ++i) {
    const SimulatedRuns runs = simulatedRuns(means, effects, random);
    const CrossedBootstrap bootstrap(runs.items, {.resamples = resamples, .seed = i});
    const auto pairs = pairedResamples(bootstrap, runs.columns);
    const auto intervals = simultaneousIntervals(pairs);
    bool outside = false;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      outside |= !intervals[k].contains(means[pairs[k].first] - means[pairs[k].second]);
    }
    const auto maybe = maybeHighest(pairs, means.size());
    constexpr double each = 1.0 / simulations;
    outcome.anyPair += each * std::ranges::any_of(adjustedProbabilities(pairs), below);
    outcome.unadjusted += each * std::ranges::any_of(singleProbabilities(pairs), below);
    outcome.outside += each * outside;
    outcome.bestIsMissed += each * !maybe[0];
    outcome.candidates += each * static_cast<double>(std::ranges::count(maybe, true));
  }
  return outcome;
}

struct EqualRunsDesign {
  std::size_t runs;
  RunEffects effects;
  double anyPair;  // what docs/comparing.md states
};

void PrintTo(const EqualRunsDesign& design, std::ostream* out) {
  const RunEffects& of = design.effects;
  *out << design.runs << " runs, " << of.questions << " questions, " << of.populations
       << " populations, effects " << of.ofQuestions << " " << of.ofPopulations << " "
       << of.ofItems;
}

class EqualRuns : public testing::TestWithParam<EqualRunsDesign> {};

// 400 simulations leave a standard error of 1.1 points at 5 %.
TEST_P(EqualRuns, AreDistinguishedAsOftenAsStated) {
  const Outcome outcome = simulate(std::vector<double>(GetParam().runs, 0.0), GetParam().effects);
  EXPECT_NEAR(outcome.anyPair, GetParam().anyPair, 0.0051);
  EXPECT_NEAR(outcome.outside, outcome.anyPair, 0.0051) << "the first step is the same for both";
  EXPECT_NEAR(outcome.anyPair, familywiseError, 0.025);
  EXPECT_LE(outcome.bestIsMissed, familywiseError + 0.025);
  EXPECT_GT(outcome.unadjusted, 2.5 * familywiseError) << "what is to be adjusted for";
}

INSTANTIATE_TEST_SUITE_P(Designs, EqualRuns,
                         testing::Values(EqualRunsDesign{5, {30, 10, 0.5, 0.5, 1.0}, 0.048},
                                         EqualRunsDesign{5, {60, 20, 0.3, 0.3, 1.0}, 0.058},
                                         EqualRunsDesign{5, {30, 10, 0.0, 0.0, 1.0}, 0.038},
                                         EqualRunsDesign{10, {30, 10, 0.5, 0.5, 1.0}, 0.030},
                                         EqualRunsDesign{3, {40, 8, 0.5, 0.5, 1.0}, 0.050}));

TEST(UnequalRuns, TheBetterOneIsFoundAndTheBestIsKept) {
  const RunEffects effects{30, 10, 0.3, 0.1, 1.0};
  const Outcome clear = simulate({0.6, 0.0, 0.0, 0.0}, effects);
  EXPECT_GT(clear.anyPair, 0.95);
  EXPECT_LE(clear.bestIsMissed, 0.01);
  EXPECT_LT(clear.candidates, 1.1);
  const Outcome close = simulate({0.05, 0.0, 0.0, 0.0}, effects);
  EXPECT_LE(close.bestIsMissed, familywiseError + 0.02);
  EXPECT_GT(close.candidates, 2.5) << "0.05 is no more than noise here";
}

// The expected largest of k means of independent errors is known; what the bootstrap sees of it has
// to be estimated from each simulation alone.
TEST(Optimism, OfEqualRunsIsAboutTheExpectedMaximum) {
  const Json golden = parseJson(
      readFile(sourceFolder() / "tests/stats/golden/multiple_comparisons.json"), "golden");
  const RunEffects effects{30, 10, 0.5, 0.3, 1.0};
  const double error = std::sqrt(0.25 / 30 + 0.09 / 10 + 1.0 / 300);  // of a run's own mean
  for (const Json& one : golden["critical"]) {
    const std::size_t columns = one["columns"];
    const double expected = one["expected_maximum"].get<double>() * error;
    RandomStream random(32, "optimism");
    double sum = 0.0;
    for (std::size_t i = 0; i < simulations; ++i) {
      const auto runs = simulatedRuns(std::vector<double>(columns, 0.0), effects, random);
      const CrossedBootstrap bootstrap(runs.items, {.resamples = 200, .seed = i});
      sum += *optimismOfHighest(bootstrap, runs.columns) / simulations;
    }
    EXPECT_NEAR(sum, expected, 0.15 * expected) << columns;
  }
}

TEST(Optimism, IsNoneWithoutAChoice) {
  RandomStream random(33, "no choice");
  const auto runs = simulatedRuns({0.0, -2.0}, {30, 10, 0.0, 0.0, 1.0}, random);
  const CrossedBootstrap bootstrap(runs.items, {.resamples = 200});
  EXPECT_EQ(optimismOfHighest(bootstrap, {runs.columns.data(), 1}), 0.0);
  EXPECT_NEAR(*optimismOfHighest(bootstrap, runs.columns), 0.0, 0.02) << "the better always wins";
  EXPECT_EQ(optimismOfHighest(bootstrap, {}), std::nullopt);
  const std::vector<Crossing> alone{{0, 0}};
  EXPECT_EQ(optimismOfHighest(CrossedBootstrap(alone, {}), std::vector<ItemColumn>{{1}, {2}}),
            std::nullopt);
}

}  // namespace
}  // namespace canvass
