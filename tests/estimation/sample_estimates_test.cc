#include "estimation/sample_estimates.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "estimation/sampling_study.h"
#include "stats/multinomial.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::DoubleNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;
using ::testing::SizeIs;

Json golden() {
  const auto path = sourceFolder() / "tests" / "estimation" / "golden" / "sample_estimates.json";
  return parseJson(readFile(path), path.string());
}

TEST(Shrinkage, AgreesWithSciPy) {
  const Json all = golden();
  for (const Json& known : all.at("marginals")) {
    Distribution shares = known.at("counts").get<Distribution>();
    for (double& share : shares) share /= 40.0;
    const SampledItem item{shares, 40.0, known.at("predicted").get<Distribution>()};
    const DirichletPrior prior{known.at("strength").get<double>(),
                               known.at("model_share").get<double>()};
    EXPECT_NEAR(logMarginalLikelihood(item, prior), known.at("log_likelihood").get<double>(), 1e-8);
    const ShareIntervals shrunk = shrink(item, {{prior}, {1.0}});
    EXPECT_THAT(shrunk.estimate, Pointwise(DoubleNear(1e-9), known.at("mean")));
    EXPECT_THAT(shrunk.lower, Pointwise(DoubleNear(1e-6), known.at("lower")));
    EXPECT_THAT(shrunk.upper, Pointwise(DoubleNear(1e-6), known.at("upper")));
  }
}

// Items whose predictions are right, or of something else, with `respondents` drawn for each.
std::vector<SampledItem> items(bool right, std::uint64_t respondents) {
  RandomStream random(5, "items");
  std::vector<SampledItem> result;
  for (int i = 0; i < 150; ++i) {
    const double share = 0.05 + 0.9 * random.uniform();
    const double other = 0.05 + 0.9 * random.uniform();
    std::vector<std::uint64_t> counts(2);
    drawSample(Distribution{share, 1.0 - share}, respondents, random, counts);
    const double sampled = static_cast<double>(counts[0]) / static_cast<double>(respondents);
    const double said = right ? share : other;
    result.push_back(
        {{sampled, 1.0 - sampled}, static_cast<double>(respondents), {said, 1.0 - said}});
  }
  return result;
}

TEST(Shrinkage, ARightModelSavesManyInterviewsAndAWrongOneNone) {
  const PriorFit right = fitPriors(items(true, 30));
  const PriorFit wrong = fitPriors(items(false, 30));
  EXPECT_GT(right.savedByModel(), 60.0);
  EXPECT_LT(std::abs(wrong.savedByModel()), 3.0);
  EXPECT_GE(right.prior.logLikelihood, right.even.logLikelihood);
}

TEST(Shrinkage, APredictionThatRespondentsContradictCountsForLittle) {
  const MixturePrior prior = [] {
    std::vector<SampledItem> mixed = items(true, 30);
    const std::vector<SampledItem> bad = items(false, 30);
    mixed.insert(mixed.end(), bad.begin(), bad.begin() + 30);
    return fitPrior(mixed);
  }();
  const ShareIntervals agreeing = shrink({{0.8, 0.2}, 30.0, {0.75, 0.25}}, prior);
  const ShareIntervals opposed = shrink({{0.8, 0.2}, 30.0, {0.2, 0.8}}, prior);
  EXPECT_LT(agreeing.upper[0] - agreeing.lower[0], opposed.upper[0] - opposed.lower[0]);
  EXPECT_GT(opposed.estimate[0], 0.7);
}

TEST(RectifiedMean, AgreesWithPredictionPoweredInference) {
  const Json all = golden();
  for (const Json& known : all.at("means")) {
    std::vector<InterviewedPopulation> interviewed;
    for (std::size_t i = 0; i < known.at("interviewed").size(); ++i) {
      interviewed.push_back({known.at("interviewed")[i].get<std::size_t>(),
                             known.at("shares")[i].get<Distribution>(),
                             known.at("respondents").get<double>()});
    }
    const RectifiedMean mean =
        rectifyMean(known.at("predicted").get<std::vector<Distribution>>(), interviewed);
    EXPECT_NEAR(mean.weight, known.at("weight").get<double>(), 1e-12);
    EXPECT_THAT(mean.mean.estimate, Pointwise(DoubleNear(1e-12), known.at("estimate")));
    EXPECT_GE(mean.gain, 1.0);
  }
}

TEST(RectifiedMean, IsTheSampleAloneWhereTheModelIsOfNoUse) {
  const std::vector<Distribution> upsideDown = {{0.9, 0.1}, {0.7, 0.3}, {0.5, 0.5},
                                                {0.3, 0.7}, {0.1, 0.9}, {0.2, 0.8}};
  std::vector<InterviewedPopulation> interviewed;
  for (std::size_t i = 0; i < 5; ++i) {
    interviewed.push_back({i, {upsideDown[i][1], upsideDown[i][0]}, 50.0});
  }
  const RectifiedMean mean = rectifyMean(upsideDown, interviewed);
  EXPECT_EQ(mean.weight, 0.0);
  EXPECT_EQ(mean.gain, 1.0);
  EXPECT_EQ(mean.mean.estimate, mean.sample.estimate);
  EXPECT_EQ(mean.mean.lower, mean.sample.lower);
}

TEST(RectifiedMean, SaysWhatItNeeds) {
  const std::vector<Distribution> predicted = {{0.5, 0.5}, {0.5, 0.5}};
  EXPECT_EQ(errorOf([&] {
              rectifyMean(predicted, {{0, {0.5, 0.5}, 9.0}});
            }),
            "a mean over populations needs respondents in at least 2 of them");
  EXPECT_EQ(errorOf([&] {
              rectifyMean(predicted, {{0, {1, 0}, 9.0}, {1, {1, 0}, 1.0}});
            }),
            "a population with 1 respondent says nothing about how much answers vary; leave it "
            "out, or interview more");
}

// Twelve populations that answer ten questions, all observed.
Survey truth() {
  Survey survey;
  RandomStream random(7, "truth");
  for (int population = 0; population < 12; ++population) {
    const std::string id = "p" + std::to_string(population);
    survey.populations.push_back({id, id, id, {}});
  }
  for (std::size_t question = 0; question < 10; ++question) {
    survey.questions.push_back(makeQuestion("q" + std::to_string(question), 2));
    for (std::size_t population = 0; population < 12; ++population) {
      const double share = 0.1 + 0.8 * random.uniform();
      addItem(survey, question, population, {share, 1.0 - share});
    }
  }
  return survey;
}

Predictions predictionsOf(const Survey& survey, bool reversed) {
  Predictions predictions;
  for (const Item& item : survey.items) {
    predictions.predictions.push_back(predictionFor(survey, item));
    Distribution shares = *item.observed;
    if (reversed) std::swap(shares[0], shares[1]);
    predictions.predictions.back().probabilities = shares;
  }
  return predictions;
}

TEST(SampleEstimates, CoverItemsAndMeansAndNameTheRest) {
  Survey sample = truth();
  const Predictions predictions = predictionsOf(sample, false);
  std::erase_if(sample.items, [](const Item& item) { return item.population >= 6; });
  for (Item& item : sample.items) item.respondents = 40.0;
  sample.items[0].respondents.reset();
  const SampleEstimates estimates = estimateFromSample(sample, predictions);
  EXPECT_THAT(estimates.items, SizeIs(59));
  ASSERT_THAT(estimates.questions, SizeIs(10));
  EXPECT_EQ(estimates.questions[1].populations, 12u);
  EXPECT_EQ(estimates.questions[1].interviewed, 6u);
  ASSERT_THAT(estimates.skipped, SizeIs(1));
  EXPECT_EQ(estimates.skipped[0].reason, "neither n_eff nor n says how many answered");
  sample.items.resize(5);
  EXPECT_THAT(errorOf([&] { estimateFromSample(sample, predictions); }),
              HasSubstr("too few to distinguish the model's errors from chance; give 10 or more"));
}

TEST(SamplingStudy, IntervalsHoldAndNothingIsLostEvenWhereTheModelIsUpsideDown) {
  const Survey survey = truth();
  const SamplingStudyOptions options{.simulations = 40, .respondents = 40, .populations = 8};
  for (const bool reversed : {false, true}) {
    const SamplingStudy study = simulateSampling(survey, predictionsOf(survey, reversed), options);
    for (const EstimateFigures& figures : {study.shrunk, study.rectified}) {
      EXPECT_GT(figures.coverage, 0.925) << reversed;
      EXPECT_GT(figures.gain(), reversed ? 0.97 : 1.3) << reversed;
    }
  }
}

}  // namespace
}  // namespace canvass
