#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "stats/adjusted_tests.h"
#include "stats/rao_scott.h"
#include "stats/share_estimates.h"
#include "stats/share_intervals.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// R's survey package: finite populations, two stages, replicate weights of every kind, intervals,
// covariances between groups and the Rao-Scott test.

constexpr std::size_t steps = 5;  // of the question "index"
const std::vector<double> stepValues = {1, 2, 3, 4, 5};

void expectClose(double value, double expected) {
  EXPECT_NEAR(value, expected, 1e-8 * std::abs(expected) + 1e-13);
}

std::vector<std::uint32_t> codesOf(const Json& sample, const char* key) {
  return sample.contains(key) ? sample[key].get<std::vector<std::uint32_t>>()
                              : std::vector<std::uint32_t>{};
}

std::vector<double> numbersOf(const Json& sample, const char* key) {
  return sample.contains(key) ? sample[key].get<std::vector<double>>() : std::vector<double>{};
}

std::shared_ptr<const ReplicateWeights> replicatesOf(const Json& given) {
  ReplicateWeights replicates;
  replicates.weights = given["weights"].get<std::vector<std::vector<double>>>();
  ReplicateScales scales;
  scales.rho = given.value("rho", 0.0);
  scales.ofReplicates = numbersOf(given, "rscales");
  replicates.factors = replicateFactors(*replicateMethod(given["method"].get<std::string>()),
                                        replicates.weights.size(), scales);
  replicates.center = given["center"] == "mean" ? ReplicateCenter::mean : ReplicateCenter::estimate;
  return std::make_shared<ReplicateWeights>(replicates);
}

SampleDesign designOf(const Json& sample) {
  SampleDesign design{numbersOf(sample, "weights"), codesOf(sample, "strata"),
                      codesOf(sample, "clusters"), numbersOf(sample, "population")};
  if (sample.contains("second_clusters")) {
    design.lowerStages.push_back(
        {{}, codesOf(sample, "second_clusters"), numbersOf(sample, "second_population")});
  }
  if (sample.contains("replicates")) design.replicates = replicatesOf(sample["replicates"]);
  return design;
}

class RsSamples : public testing::Test {
 protected:
  RsSamples() {
    const std::string path = (sourceFolder() / "tests/stats/golden/survey_variances.json").string();
    samples_ = parseJson(readFile(path), path)["samples"];
    EXPECT_EQ(samples_.size(), 11u);
  }

  Json samples_;
};

TEST_F(RsSamples, HaveTheSameSharesMeansAndStandardErrors) {
  for (const Json& sample : samples_) {
    const PreparedDesign design(designOf(sample));
    for (const Json& expected : sample["estimates"]) {
      SCOPED_TRACE(sample["name"].get<std::string>());
      const auto estimates =
          design.estimate(expected["domain"].get<std::vector<std::uint32_t>>(),
                          sample["index"].get<std::vector<std::int16_t>>(), steps, stepValues);
      ASSERT_TRUE(estimates);
      ASSERT_EQ(estimates->shares.size(), steps);
      for (std::size_t k = 0; k < steps; ++k) {
        expectClose(estimates->shares[k], expected["shares"][k]);
        expectClose(estimates->standardErrors[k], expected["standard_errors"][k]);
      }
      expectClose(*estimates->mean, expected["mean"]);
      expectClose(*estimates->meanStandardError, expected["mean_se"]);
      EXPECT_EQ(estimates->degrees, expected["degrees"].get<double>());
      EXPECT_EQ(estimates->respondents, expected["respondents"].get<std::size_t>());
    }
  }
}

void expectInterval(const std::optional<Interval>& interval, const Json& expected) {
  if (expected[0].is_null()) return;
  ASSERT_TRUE(interval);
  expectClose(interval->low, expected[0]);
  expectClose(interval->high, expected[1]);
}

TEST_F(RsSamples, HaveTheSameIntervalsOfShares) {
  for (const Json& sample : samples_) {
    for (const Json& expected : sample["estimates"]) {
      SCOPED_TRACE(sample["name"].get<std::string>());
      const double n = expected["respondents"];
      const double degrees = expected["degrees"];
      for (std::size_t k = 0; k < steps; ++k) {
        const double share = expected["shares"][k];
        const double error = expected["standard_errors"][k];
        expectInterval(logitInterval(share, error, degrees), expected["logit"][k]);
        if (expected["korn_graubard"].empty()) continue;
        expectInterval(kornGraubardInterval(share, error, n, n, degrees),
                       expected["korn_graubard"][k]);
      }
    }
  }
}

// A table of three kinds of schools by whether they met their target.
struct SchoolTable {
  std::vector<std::int16_t> cells;  // target x school
  std::vector<std::uint32_t> everyone;
  CellFigures figures;  // the share that met it, by school; then the cells in the whole
};

SchoolTable schoolTableOf(const Json& sample) {
  SchoolTable table;
  const auto schools = sample["school"].get<std::vector<std::int16_t>>();
  const auto targets = sample["target"].get<std::vector<std::int16_t>>();
  for (std::size_t i = 0; i < schools.size(); ++i) {
    table.cells.push_back(static_cast<std::int16_t>(targets[i] * 3 + schools[i]));
  }
  table.everyone.resize(schools.size());
  std::iota(table.everyone.begin(), table.everyone.end(), 0u);
  table.figures = {6, {{0, 3}, {1, 4}, {2, 5}, {0, 1, 2, 3, 4, 5}}, {}};
  for (std::uint32_t school = 0; school < 3; ++school) {
    table.figures.means.push_back({school, {{3 + school, 1.0}}});
  }
  for (std::uint32_t cell = 0; cell < 6; ++cell) {
    table.figures.means.push_back({3, {{cell, 1.0}}});
  }
  return table;
}

TEST_F(RsSamples, HaveTheSameCovariancesOfGroupsAndTheSameRaoScottTest) {
  for (const Json& sample : samples_) {
    SCOPED_TRACE(sample["name"].get<std::string>());
    const SchoolTable table = schoolTableOf(sample);
    const CellEstimates estimates =
        PreparedDesign(designOf(sample)).estimateCells(table.everyone, table.cells, table.figures);
    const Json& expected = sample["table"];
    for (std::size_t one = 0; one < 3; ++one) {
      expectClose(estimates.means[one], expected["by"][one]);
      for (std::size_t other = 0; other < 3; ++other) {
        expectClose(estimates.covarianceOf(one, other), expected["covariance"][one][other]);
      }
    }
    std::vector<double> covariance;
    for (std::size_t cell = 0; cell < 36; ++cell) {
      covariance.push_back(estimates.covarianceOf(3 + cell / 6, 3 + cell % 6));
    }
    const auto test = testIndependence(2, 3, std::span(estimates.means).subspan(3), covariance,
                                       static_cast<double>(table.cells.size()), estimates.degrees);
    ASSERT_TRUE(test);
    expectClose(test->statistic, expected["f"]);
    expectClose(test->numeratorDegrees, expected["ndf"]);
    expectClose(test->denominatorDegrees, expected["ddf"]);
    expectClose(test->probability, expected["p"]);
  }
}

// A linear statistic: the jackknife that leaves out one unit and the formula for totals agree.
TEST(ReplicateWeights, OfAJackknifeGiveTheTextbooksVarianceOfAMean) {
  const std::size_t n = 12;
  const std::vector<double> values = {1.0, 2.0, 5.0};
  SampleDesign design{std::vector<double>(n, 1.0), {}, {}};
  const std::vector<std::int16_t> answers = {0, 1, 1, 0, 2, 1, 0, 0, 2, 1, 1, 2};
  std::vector<std::uint32_t> everyone(n);
  std::iota(everyone.begin(), everyone.end(), 0u);
  const auto linearized = PreparedDesign(design).estimate(everyone, answers, 3, values);
  ReplicateWeights replicates;
  for (std::size_t r = 0; r < n; ++r) {
    replicates.weights.emplace_back(n, n / (n - 1.0));
    replicates.weights.back()[r] = 0.0;
  }
  replicates.factors = replicateFactors(ReplicateMethod::jackknife1, n, {});
  design.replicates = std::make_shared<ReplicateWeights>(replicates);
  const auto replicated = PreparedDesign(design).estimate(everyone, answers, 3, values);
  for (std::size_t k = 0; k < 3; ++k) {
    expectClose(replicated->standardErrors[k], linearized->standardErrors[k]);
  }
  expectClose(*replicated->meanStandardError, *linearized->meanStandardError);
  EXPECT_EQ(replicated->degrees, n - 1.0);
}

TEST(PreparedDesign, SumsUpManyUnitsInPartsAsAtOnce) {
  RandomStream random(5, "many units");
  SampleDesign design;
  std::vector<std::int16_t> answers;
  const std::size_t n = 20000;
  for (std::size_t i = 0; i < n; ++i) {
    design.weights.push_back(0.5 + random.uniform());
    answers.push_back(static_cast<std::int16_t>(random.below(3)));
  }
  std::vector<std::uint32_t> everyone(n);
  std::iota(everyone.begin(), everyone.end(), 0u);
  const auto estimates = PreparedDesign(design).estimate(everyone, answers, 3);
  double weight = 0.0;
  for (const double one : design.weights) weight += one;
  double squares = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double z = design.weights[i] * ((answers[i] == 1) - estimates->shares[1]) / weight;
    squares += z * z;
  }
  expectClose(estimates->standardErrors[1], std::sqrt(squares * n / (n - 1.0)));
}

TEST(PreparedDesign, SaysWhatIsWrongWithAFinitePopulation) {
  const std::vector<double> equal(4, 1.0);
  const struct {
    std::vector<double> sizes;
    const char* error;
  } cases[] = {
      {{3, 3, 9, 9},
       "respondent 1: the population size 3 of a stratum with 4 sampled units; give "
       "the number of units in the population, or the sampled fraction of them"},
      {{8, 8, 9, 8},
       "respondent 3: the population sizes 8 and 9 in one stratum; a stratum has one "
       "size"},
      {{8, 8}, "2 population sizes for 4 respondents"},
  };
  for (const auto& [sizes, error] : cases) {
    EXPECT_EQ(errorOf([&] { PreparedDesign({equal, {}, {}, sizes}); }), error);
  }
}

TEST(ReplicateWeights, SayWhatIsWrong) {
  EXPECT_EQ(errorOf([] { replicateFactors(ReplicateMethod::brr, 1, {}); }),
            "1 replicate weights are too few");
  EXPECT_EQ(errorOf([] {
              replicateFactors(ReplicateMethod::fay, 4, {1.0, {}, {}});
            }),
            "rho is 1, and must be at least 0 and below 1");
  EXPECT_EQ(errorOf([] { replicateFactors(ReplicateMethod::jackknifeN, 4, {}); }),
            "jkn needs the scales of its replicates; write rscales = [...]: (n - 1) / n of the "
            "stratum from which each leaves out a unit");
  EXPECT_EQ(errorOf([] {
              replicateFactors(ReplicateMethod::brr, 4, {0.0, {}, {1.0, 2.0}});
            }),
            "there are 2 scales for 4 replicates");
  EXPECT_EQ(errorOf([] {
              replicateFactors(ReplicateMethod::brr, 2, {0.0, -1.0, {}});
            }),
            "a scale of replicates is negative or not finite");
}

TEST(ShareIntervals, OfNothingAndOfAllAreOneSided) {
  const auto none = shareInterval(0.0, 0.0, 100, 100, 99);
  ASSERT_TRUE(none);
  EXPECT_EQ(none->method, ShareIntervalMethod::kornGraubard);
  EXPECT_EQ(none->interval.low, 0.0);
  EXPECT_NEAR(none->interval.high, 1.0 - std::pow(0.025, 1.0 / 100), 1e-12);
  const auto all = shareInterval(1.0, 0.0, 100, 100, 99);
  EXPECT_NEAR(all->interval.low, std::pow(0.025, 1.0 / 100), 1e-12);
  EXPECT_EQ(all->interval.high, 1.0);
}

TEST(ShareIntervals, AreLogitUnlessFewChoseOrDidNotChoose) {
  const struct {
    double share, error;
    ShareIntervalMethod method;
  } cases[] = {
      {0.5, 0.05, ShareIntervalMethod::logit},
      {0.05, 0.0217, ShareIntervalMethod::kornGraubard},
      {0.95, 0.0217, ShareIntervalMethod::kornGraubard},
      {0.05, 0.005, ShareIntervalMethod::logit},
  };
  for (const auto& [share, error, method] : cases) {
    EXPECT_EQ(shareInterval(share, error, 100, 100, 99)->method, method) << share;
  }
  EXPECT_FALSE(shareInterval(0.5, 0.1, 4, 4, 0));
}

// R 4.2.2: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5), "holm"), "BH".
TEST(AdjustedTests, AgreeWithR) {
  const std::vector<double> p = {0.01, 0.04, 0.03, 0.005, 0.5};
  const std::vector<double> holm = {0.04, 0.09, 0.09, 0.025, 0.5};
  const std::vector<double> bh = {0.025, 0.05, 0.05, 0.025, 0.5};
  EXPECT_THAT(adjusted(p, Adjustment::holm), testing::Pointwise(testing::DoubleNear(1e-15), holm));
  EXPECT_THAT(adjusted(p, Adjustment::benjaminiHochberg),
              testing::Pointwise(testing::DoubleNear(1e-15), bh));
  EXPECT_EQ(adjusted(p, Adjustment::none), p);
}

// R 4.2.2: 2 * pt(-2, 5), 2 * pnorm(-2).
TEST(AdjustedTests, HaveStudentsProbabilities) {
  EXPECT_NEAR(studentProbability(-2, 5), 0.1019394788, 1e-10);
  EXPECT_NEAR(studentProbability(2, std::numeric_limits<double>::infinity()), 0.04550026390, 1e-10);
}

// With simple random samples of each group the design effects are 1: Pearson's test.
TEST(RaoScott, OfGroupsAsSimpleSamplesIsPearsons) {
  std::vector<GroupShares> groups;
  for (const auto& [share, n] : {std::pair{0.5, 400.0}, {0.5, 300.0}, {0.5, 500.0}}) {
    const double error = std::sqrt(share * (1 - share) / n);
    groups.push_back({{share, 1 - share}, {error, error}, n});
  }
  groups[0].shares = {0.55, 0.45};
  const auto test = testHomogeneity(groups);
  ASSERT_TRUE(test);
  const double pooled = (220.0 + 150 + 250) / 1200;
  const double pearson = (400 * std::pow(0.55 - pooled, 2) + 800 * std::pow(0.5 - pooled, 2)) /
                         (pooled * (1 - pooled));
  EXPECT_NEAR(test->pearson, pearson, 1e-10);
  EXPECT_EQ(test->numeratorDegrees, 2.0);
  // The errors are those of 0.5, the pooled share is a little more.
  EXPECT_NEAR(test->statistic * 2, pearson, 0.01);
  EXPECT_FALSE(testHomogeneity({groups[0]}));
}

}  // namespace
}  // namespace canvass
