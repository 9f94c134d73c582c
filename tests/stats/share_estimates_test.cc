#include "stats/share_estimates.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// Of all respondents.
std::optional<ShareEstimates> estimateShares(const SampleDesign& design,
                                             std::span<const std::int16_t> answers,
                                             std::size_t options) {
  const PreparedDesign prepared(design);
  std::vector<std::uint32_t> everyone(prepared.respondents());
  std::iota(everyone.begin(), everyone.end(), 0u);
  return prepared.estimate(everyone, answers, options);
}

// The answers of the domain's respondents; all others are outside.
std::vector<std::int16_t> onlyOf(const std::vector<std::uint32_t>& domain,
                                 const std::vector<std::int16_t>& answers) {
  std::vector<std::int16_t> result(answers.size(), -1);
  for (const std::uint32_t i : domain) result[i] = answers[i];
  return result;
}

void expectNear(double value, double expected) {
  EXPECT_NEAR(value, expected, 1e-10 * expected + 1e-15);
}

void expectSame(const std::optional<ShareEstimates>& estimates, const Json& expected) {
  ASSERT_EQ(estimates.has_value(), expected.contains("shares"));
  if (!estimates) return;
  const std::size_t options = expected["options"];
  ASSERT_EQ(estimates->shares.size(), options);
  ASSERT_EQ(estimates->standardErrors.size(), options);
  for (std::size_t k = 0; k < options; ++k) {
    expectNear(estimates->shares[k], expected["shares"][k]);
    expectNear(estimates->standardErrors[k], expected["standard_errors"][k]);
  }
  EXPECT_EQ(estimates->respondents, expected["respondents"].get<std::size_t>());
  expectNear(estimates->effectiveSampleSize, expected["n_eff"]);
  expectNear(estimates->weightingEffect, expected["weighting_effect"]);
}

// R's survey package: weights, strata, clusters, strata of one cluster, weights of 0, questions not
// answered, domains that miss strata and clusters.
TEST(ShareEstimates, AgreeWithRsSurveyPackage) {
  const std::string path = (sourceFolder() / "tests/stats/golden/survey_design.json").string();
  const Json golden = parseJson(readFile(path), path);
  std::size_t estimates = 0;
  for (const Json& sample : golden["samples"]) {
    const SampleDesign design{sample["weights"], sample["strata"], sample["clusters"]};
    const PreparedDesign prepared(design);
    for (const Json& expected : sample["estimates"]) {
      const std::string question = expected["answers"];
      const std::vector<std::uint32_t> domain = expected["domain"];
      const std::vector<std::int16_t> answers = sample[question];
      SCOPED_TRACE(sample["name"].get<std::string>() + ", " + question + ", domain of " +
                   std::to_string(domain.size()));
      expectSame(estimateShares(design, onlyOf(domain, answers), expected["options"]), expected);
      expectSame(prepared.estimate(domain, answers, expected["options"]), expected);
      ++estimates;
    }
  }
  EXPECT_EQ(estimates, 9u * 7 * 3);
}

TEST(ShareEstimates, OfASimpleSampleAreTheTextbooks) {
  const SampleDesign design{{1, 1, 1, 1, 1}, {}, {}};
  const std::vector<std::int16_t> answers = {0, 1, 1, 0, 0};
  const auto estimates = estimateShares(design, answers, 2);
  ASSERT_TRUE(estimates);
  EXPECT_THAT(estimates->shares, testing::ElementsAre(0.6, 0.4));
  EXPECT_DOUBLE_EQ(estimates->standardErrors[0], std::sqrt(0.6 * 0.4 / 4));
  EXPECT_EQ(estimates->respondents, 5u);
  EXPECT_DOUBLE_EQ(estimates->effectiveSampleSize, 5.0);
  EXPECT_DOUBLE_EQ(estimates->weightingEffect, 1.0);
}

TEST(ShareEstimates, WeightsLowerTheEffectiveSampleSize) {
  const auto estimates =
      estimateShares({{3, 1, 0, 1}, {}, {}}, std::vector<std::int16_t>{0, 1, 1, 1}, 2);
  ASSERT_TRUE(estimates);
  EXPECT_DOUBLE_EQ(estimates->shares[0], 0.6);
  EXPECT_EQ(estimates->respondents, 3u);
  EXPECT_DOUBLE_EQ(estimates->effectiveSampleSize, 25.0 / 11);
  EXPECT_DOUBLE_EQ(estimates->weightingEffect, 33.0 / 25);
}

struct Bounded {
  const char* name;
  SampleDesign design;
  std::vector<std::int16_t> answers;
  double sampleSize;
};

TEST(ShareEstimates, EffectiveSampleSizeStaysBetweenOneAndTheRespondents) {
  const std::vector<double> equal(6, 1.0);
  const std::vector<Bounded> cases = {
      {"everyone of a cluster answers alike: as many as clusters, less one",
       {equal, {}, {1, 1, 2, 2, 3, 3}},
       {0, 0, 0, 0, 1, 1},
       2},
      {"strata that differ and agree within",
       {equal, {1, 1, 1, 2, 2, 2}, {}},
       {0, 0, 0, 1, 1, 1},
       6},
      {"unanimous", {{2, 1, 1, 1, 1, 1}, {}, {1, 1, 2, 2, 3, 3}}, {0, 0, 0, 0, 0, 0}, 49.0 / 9},
      {"all in one cluster", {equal, {}, {1, 1, 1, 1, 1, 1}}, {0, 1, 0, 1, 0, 1}, 6},
      {"two clusters that differ", {equal, {}, {1, 1, 1, 2, 2, 2}}, {0, 0, 0, 1, 1, 1}, 1},
  };
  for (const Bounded& one : cases) {
    const auto estimates = estimateShares(one.design, one.answers, 2);
    ASSERT_TRUE(estimates) << one.name;
    EXPECT_NEAR(estimates->effectiveSampleSize, one.sampleSize, 1e-12) << one.name;
  }
}

TEST(ShareEstimates, ClusterNumbersMayRepeatBetweenStrata) {
  const std::vector<double> weights = {1, 2, 1, 1, 3, 1, 1, 2};
  const std::vector<std::int16_t> answers = {0, 1, 1, 0, 0, 0, 1, 1};
  const std::vector<std::uint32_t> strata = {7, 7, 7, 7, 9, 9, 9, 9};
  const auto across = estimateShares({weights, strata, {1, 1, 2, 2, 3, 3, 4, 4}}, answers, 2);
  const auto within = estimateShares({weights, strata, {1, 1, 2, 2, 1, 1, 2, 2}}, answers, 2);
  EXPECT_EQ(across->standardErrors, within->standardErrors);
}

TEST(ShareEstimates, DoNotDependOnTheScaleOfWeightsOrTheOrderOfRespondents) {
  RandomStream random(1, "share estimates");
  SampleDesign design;
  std::vector<std::int16_t> answers;
  for (std::uint32_t i = 0; i < 200; ++i) {
    design.weights.push_back(random.uniform());
    design.strata.push_back(static_cast<std::uint32_t>(random.below(4)));
    design.clusters.push_back(static_cast<std::uint32_t>(random.below(5)));
    answers.push_back(static_cast<std::int16_t>(random.below(4)) - 1);
  }
  std::vector<std::size_t> order(200);
  std::iota(order.begin(), order.end(), 0u);
  random.shuffle(order);
  SampleDesign other;
  std::vector<std::int16_t> otherAnswers;
  for (const std::size_t i : order) {
    other.weights.push_back(1e6 * design.weights[i]);
    other.strata.push_back(100 - design.strata[i]);
    other.clusters.push_back(design.clusters[i]);
    otherAnswers.push_back(answers[i]);
  }
  const auto one = estimateShares(design, answers, 3);
  const auto two = estimateShares(other, otherAnswers, 3);
  for (std::size_t k = 0; k < 3; ++k) {
    expectNear(two->shares[k], one->shares[k]);
    expectNear(two->standardErrors[k], one->standardErrors[k]);
  }
  expectNear(two->effectiveSampleSize, one->effectiveSampleSize);
}

TEST(ShareEstimates, NothingWhereNobodyInTheDomainAnswered) {
  const SampleDesign design{{1, 1, 0}, {}, {}};
  EXPECT_FALSE(estimateShares(design, std::vector<std::int16_t>{-1, -1, 1}, 2));
  EXPECT_FALSE(estimateShares({}, {}, 2));
}

TEST(ShareEstimates, SayWhatIsWrong) {
  const double notANumber = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::int16_t> answers = {0, 1};
  EXPECT_EQ(errorOf([&] {
              estimateShares({{1, -2}, {}, {}}, answers, 2);
            }),
            "respondent 2: the weight -2 is negative or not finite");
  EXPECT_EQ(errorOf([&] {
              estimateShares({{notANumber, 1}, {}, {}}, answers, 2);
            }),
            "respondent 1: the weight nan is negative or not finite");
  EXPECT_EQ(errorOf([&] {
              estimateShares({{1, 1}, {1}, {}}, answers, 2);
            }),
            "1 strata for 2 respondents");
  EXPECT_EQ(errorOf([&] {
              estimateShares({{1, 1}, {}, {1, 2, 3}}, answers, 2);
            }),
            "3 clusters for 2 respondents");
  EXPECT_EQ(errorOf([&] {
              estimateShares({{1, 1, 1}, {}, {}}, answers, 2);
            }),
            "2 answers for 3 respondents");
  EXPECT_EQ(errorOf([&] {
              estimateShares({{1, 1}, {}, {}}, answers, 1);
            }),
            "respondent 2: the answer 1 is not one of the 1 options");
  const PreparedDesign prepared({{1, 1}, {}, {1, 1}});
  EXPECT_EQ(errorOf([&] {
              prepared.estimate(std::vector<std::uint32_t>{1, 0, 1}, answers, 2);
            }),
            "respondent 2: the domain lists a respondent twice");
  EXPECT_EQ(errorOf([&] { prepared.estimate(std::vector<std::uint32_t>{2}, answers, 2); }),
            "the domain lists respondent 3 of 2");
}

}  // namespace
}  // namespace canvass
