#include "weighting/calibration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

CalibrationTargets targetsOf(const Json& golden, bool crossed) {
  CalibrationTargets targets;
  const auto add = [&](const std::vector<std::string>& values,
                       const std::vector<std::string>& ofAll, const std::vector<double>& counts) {
    std::vector<std::uint32_t> cells;
    for (const std::string& value : ofAll) {
      const auto found = std::ranges::find(values, value);
      cells.push_back(static_cast<std::uint32_t>(targets.totals.size()) +
                      static_cast<std::uint32_t>(found - values.begin()));
    }
    targets.totals.insert(targets.totals.end(), counts.begin(), counts.end());
    targets.cells.push_back(cells);
  };
  const auto texts = [](const Json& json) { return json.get<std::vector<std::string>>(); };
  if (!crossed) {
    for (const Json& margin : golden["margins"]) {
      add(texts(margin["values"]), texts(golden[margin["attribute"].get<std::string>()]),
          margin["counts"]);
    }
    return targets;
  }
  const auto join = [&](const Json& table) {
    std::vector<std::string> one = texts(table["stype"]);
    const std::vector<std::string> other = texts(table["sch.wide"]);
    for (std::size_t i = 0; i < one.size(); ++i) one[i] += "/" + other[i];
    return one;
  };
  add(join(golden["crossed"]), join(golden), golden["crossed"]["counts"]);
  return targets;
}

CalibrationOptions optionsOf(const Json& one) {
  const std::string name = one["name"];
  CalibrationOptions options;
  if (name.starts_with("linear")) options.distance = WeightDistance::linear;
  if (name == "logit") options.distance = WeightDistance::logit;
  if (one.contains("ratio")) options.ratio = {one["ratio"][0], one["ratio"][1]};
  if (one.contains("trim")) options.trim = {one["trim"][0], one["trim"][1]};
  return options;
}

// R's survey package: rake, postStratify and calibrate with every distance and both kinds of
// bounds.
TEST(Calibration, AgreesWithRsSurveyPackage) {
  const std::string path = (sourceFolder() / "tests/weighting/golden/survey_weights.json").string();
  const Json golden = parseJson(readFile(path), path);
  ASSERT_EQ(golden["cases"].size(), 7u);
  for (const Json& one : golden["cases"]) {
    SCOPED_TRACE(one["name"].get<std::string>());
    const CalibratedWeights calibration = calibrate(
        golden["weights"], targetsOf(golden, one["name"] == "post-stratification"), optionsOf(one));
    EXPECT_FALSE(calibration.missed);
    const auto expected = one["expected"].get<std::vector<double>>();
    ASSERT_EQ(calibration.weights.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_NEAR(calibration.weights[i], expected[i], 1e-8 * expected[i]);
    }
  }
}

// A sample and margins that another sample of the same respondents would have.
struct Problem {
  std::vector<double> weights;
  CalibrationTargets targets;
};

Problem randomProblem(std::uint64_t seed) {
  RandomStream random(seed, "calibration");
  Problem problem;
  const std::size_t n = 400;
  const std::vector<std::uint32_t> sizes = {2, 5, 9};
  std::vector<double> other;
  for (std::size_t i = 0; i < n; ++i) {
    problem.weights.push_back(0.2 + 2 * random.uniform());
    other.push_back(problem.weights.back() * (0.5 + random.uniform()));
  }
  std::uint32_t first = 0;
  for (const std::uint32_t size : sizes) {
    std::vector<std::uint32_t> cells;
    problem.targets.totals.resize(first + size, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      cells.push_back(first + static_cast<std::uint32_t>(random.below(size)));
      problem.targets.totals[cells.back()] += other[i];
    }
    problem.targets.cells.push_back(cells);
    first += size;
  }
  return problem;
}

std::vector<double> totalsOf(const Problem& problem, const std::vector<double>& weights) {
  std::vector<double> totals(problem.targets.totals.size(), 0.0);
  for (const auto& cells : problem.targets.cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) totals[cells[i]] += weights[i];
  }
  return totals;
}

const std::vector<CalibrationOptions> everyKind = {
    {WeightDistance::raking},
    {WeightDistance::linear},
    {WeightDistance::raking, WeightRange{0.4, 1.8}},
    {WeightDistance::linear, WeightRange{0.4, 1.8}},
    {WeightDistance::logit, WeightRange{0.4, 1.8}},
    {WeightDistance::raking, {}, WeightRange{0.2, 2.0}},
    {WeightDistance::linear, {}, WeightRange{0.2, 2.0}},
    {WeightDistance::raking, WeightRange{0.4, 1.8}, WeightRange{0.15, 2.2}},
};

TEST(Calibration, FitsEveryMarginWithinItsBoundsWhateverTheScaleOfTheWeights) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem = randomProblem(seed);
    const double sum = std::accumulate(problem.weights.begin(), problem.weights.end(), 0.0);
    double total = 0.0;
    for (std::size_t c = 0; c < 2; ++c) total += problem.targets.totals[c];
    for (std::size_t kind = 0; kind < everyKind.size(); ++kind) {
      SCOPED_TRACE(fmt::format("seed {}, kind {}", seed, kind));
      const CalibrationOptions& options = everyKind[kind];
      const CalibratedWeights calibration = calibrate(problem.weights, problem.targets, options);
      ASSERT_FALSE(calibration.missed);
      const std::vector<double> reached = totalsOf(problem, calibration.weights);
      for (std::size_t c = 0; c < reached.size(); ++c) {
        EXPECT_NEAR(reached[c] / problem.targets.totals[c], 1.0, 1e-9);
      }
      std::vector<double> scaled = problem.weights;
      for (double& one : scaled) one *= 1000;
      const CalibratedWeights other = calibrate(scaled, problem.targets, options);
      for (std::size_t i = 0; i < scaled.size(); ++i) {
        const double weight = calibration.weights[i];
        EXPECT_NEAR(other.weights[i], weight, 1e-7);
        const double ratio = weight / problem.weights[i] * sum / total;
        const double relative = weight * static_cast<double>(scaled.size()) / total;
        if (options.ratio) {
          EXPECT_GE(ratio, options.ratio->low - 1e-9);
          EXPECT_LE(ratio, options.ratio->high + 1e-9);
        }
        if (options.trim) {
          EXPECT_GE(relative, options.trim->low - 1e-9);
          EXPECT_LE(relative, options.trim->high + 1e-9);
        }
      }
    }
  }
}

TEST(Calibration, OfWeightsThatFitAlreadyChangesNothing) {
  Problem problem = randomProblem(3);
  problem.targets.totals = totalsOf(problem, problem.weights);
  for (const CalibrationOptions& options : everyKind) {
    if (options.trim) continue;
    EXPECT_THAT(calibrate(problem.weights, problem.targets, options).weights,
                testing::Pointwise(testing::DoubleNear(1e-9), problem.weights));
  }
}

TEST(Calibration, NamesTheCellThatCannotBeReached) {
  // Everybody is in the first cells of both, or in the second ones.
  const CalibrationTargets contradiction{{{0, 0, 1, 1}, {2, 2, 3, 3}}, {50, 50, 30, 70}};
  for (const CalibrationOptions& options : everyKind) {
    const CalibratedWeights calibration = calibrate({1, 1, 1, 1}, contradiction, options);
    ASSERT_TRUE(calibration.missed);
    EXPECT_GT(
        std::abs(calibration.missed->reached - contradiction.totals[calibration.missed->cell]),
        5.0);
  }
  const CalibrationTargets far{{{0, 0, 0, 1}}, {10, 90}};
  EXPECT_TRUE(calibrate({1, 1, 1, 1}, far, {WeightDistance::raking, WeightRange{0.5, 2}}).missed);
  EXPECT_FALSE(calibrate({1, 1, 1, 1}, far, {WeightDistance::raking}).missed);
}

TEST(Calibration, SaysWhatIsWrongWithItsOptions) {
  const CalibrationTargets targets{{{0, 1}}, {1, 1}};
  const struct {
    CalibrationOptions options;
    const char* error;
  } cases[] = {
      {{WeightDistance::logit},
       "the distance logit needs bounds; give them, or use raking or "
       "linear"},
      {{WeightDistance::logit, WeightRange{0.5, 2}, WeightRange{0.5, 2}},
       "the distance logit has bounds of ratios only; trim with raking or linear, or leave it out"},
      {{WeightDistance::raking, WeightRange{1.5, 2}},
       "bounds of 1.5 to 2 do not enclose 1; give a number from 0 to below 1, and one above 1"},
      {{WeightDistance::raking, {}, WeightRange{0.5, 1}},
       "limits of trimming of 0.5 to 1 do not enclose 1; give a number from 0 to below 1, and one "
       "above 1"},
  };
  for (const auto& [options, error] : cases) {
    EXPECT_EQ(errorOf([&] { calibrate({1, 1}, targets, options); }), error);
  }
}

}  // namespace
}  // namespace canvass
