#include "evaluation/equivalent_sample_size.h"

#include <cmath>

#include "stats/multinomial.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using Kind = EquivalentSampleSize::Kind;

// Of the evaluation's mean figure.
EquivalentSampleSize sizeOf(const Survey& survey, const Evaluation& evaluation, const char* metric,
                            const EquivalentSampleSizeOptions& options) {
  const std::size_t index = metricIndex(metric);
  return SampleCurve(survey, itemsOf(evaluation), index, options)
      .sizeScoring(evaluation.metrics.means[index].mean);
}

// Items with random distributions over 2 to 5 options, and predictions that are samples of them.
struct SampledWorld {
  SampledWorld(std::size_t items, std::uint64_t respondents) {
    RandomStream random(7, "sampled world");
    survey = makeSurvey({makeQuestion("q2", 2), makeQuestion("q3", 3), makeQuestion("q4", 4),
                         makeQuestion("q5", 5)},
                        {});
    predictions.model = "sample";
    for (std::size_t i = 0; i < items; ++i) {
      const std::string id = "p" + std::to_string(i / 4);
      if (i % 4 == 0) survey.populations.push_back({id, id, id, {}});
      Distribution observed(i % 4 + 2);
      for (double& share : observed) share = -std::log(1.0 - random.uniform());
      observed = normalized(observed, id);
      addItem(survey, i % 4, i / 4, observed);
      std::vector<std::uint64_t> counts(observed.size());
      drawSample(observed, respondents, random, counts);
      std::vector<double> shares(counts.begin(), counts.end());
      for (double& share : shares) share /= static_cast<double>(respondents);
      predictions.predictions.push_back(
          makePrediction(survey.questions[i % 4].id, id, std::move(shares)));
    }
  }

  EquivalentSampleSize sizeBy(const char* metric,
                              const EquivalentSampleSizeOptions& options = {}) const {
    return sizeOf(survey, evaluate(survey, predictions), metric, options);
  }

  Survey survey;
  Predictions predictions;
};

TEST(EquivalentSampleSize, FindsTheSizeOfASample) {
  for (const std::uint64_t respondents : {2u, 17u, 60u, 1000u, 30000u}) {
    const SampledWorld world(1000, respondents);
    for (const char* metric : {"js_similarity", "emd", "tvd"}) {
      const EquivalentSampleSize size = world.sizeBy(metric);
      EXPECT_EQ(size.kind, Kind::found) << metric;
      EXPECT_NEAR(size.respondents / static_cast<double>(respondents), 1.0, 0.1)
          << metric << " of " << respondents;
      EXPECT_EQ(size.items, 1000u);
    }
  }
}

// One item with p = 1/2: samples of 1 score a tvd of 1/2, of 2 a quarter, of 3 a quarter again, of
// 4 three sixteenths.
Survey oneItem() {
  Survey survey = makeSurvey({makeQuestion("q", 2)}, {"AD"});
  addItem(survey, 0, 0, {0.5, 0.5});
  return survey;
}

EquivalentSampleSize sizeOf(const Survey& survey, double share, const char* metric = "tvd",
                            std::uint64_t most = 1000) {
  const auto predictions = makePredictions({makePrediction("q", "AD", {share, 1 - share})});
  return sizeOf(survey, evaluate(survey, predictions), metric, {.most = most});
}

TEST(EquivalentSampleSize, IsExactWhereSamplesAreSummedUp) {
  EXPECT_NEAR(sizeOf(oneItem(), 0.75).respondents, 2.0, 1e-9);
  EXPECT_NEAR(sizeOf(oneItem(), 0.5 + 3.0 / 16).respondents, 4.0, 1e-9);
  // Halfway between 1/2 and 1/4, in 1 / sqrt(n) halfway between 1 and 2.
  const double root = 0.5 * (1.0 + 1.0 / std::sqrt(2.0));
  EXPECT_NEAR(sizeOf(oneItem(), 0.875).respondents, 1 / (root * root), 1e-9);
}

TEST(EquivalentSampleSize, SaysWhereItIsBelowOneOrBeyondWhatWasTried) {
  Survey survey = oneItem();
  EXPECT_EQ(sizeOf(survey, 1.0).kind, Kind::found) << "exactly as well as one respondent";
  EXPECT_EQ(sizeOf(survey, 1.0).respondents, 1.0);
  survey.items[0].observed = Distribution{0.9, 0.1};
  const EquivalentSampleSize fewer = sizeOf(survey, 0.1);
  EXPECT_EQ(fewer.kind, Kind::fewer);
  EXPECT_EQ(fewer.respondents, 1.0);
  const EquivalentSampleSize more = sizeOf(survey, 0.9, "tvd", 700);
  EXPECT_EQ(more.kind, Kind::more);
  EXPECT_EQ(more.respondents, 700.0);
}

TEST(EquivalentSampleSize, SaysWhyThereIsNone) {
  Survey survey = oneItem();
  EXPECT_EQ(sizeOf(survey, 0.4, "kl").reason, "samples of any size score infinity");
  survey.items[0].observed = Distribution{0.7, 0.3};
  EXPECT_EQ(sizeOf(survey, 0.6, "rank_score").reason, "samples of 2 score worse than samples of 1");
  survey.questions[0].scale = Scale::nominal;
  const EquivalentSampleSize none = sizeOf(survey, 0.4, "emd");
  EXPECT_EQ(none.kind, Kind::undefined);
  EXPECT_EQ(none.reason, "no item has this figure");
  EXPECT_EQ(none.items, 0u);
}

TEST(EquivalentSampleSize, OfUnanimousAnswersIsOneWhereTheyArePredicted) {
  Survey survey = oneItem();
  survey.items[0].observed = Distribution{1.0, 0.0};
  EXPECT_EQ(sizeOf(survey, 1.0).respondents, 1.0);
  EXPECT_EQ(sizeOf(survey, 0.9).kind, Kind::fewer);
}

}  // namespace
}  // namespace canvass
