#include "evaluation/sampling_error.h"

#include <cmath>

#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// One question of two options asked of two populations; the second item has no sample size.
Survey observed(std::optional<double> effective) {
  Survey survey = makeSurvey({makeQuestion("q1", 2)}, {"AD", "JP"});
  survey.items.push_back({0, 0, Distribution{0.7, 0.3}, {}, effective});
  survey.items.push_back({0, 1, Distribution{0.5, 0.5}, {}, {}});
  return survey;
}

Predictions predicted(double share) {
  return makePredictions({makePrediction("q1", "AD", {share, 1 - share}),
                          makePrediction("q1", "JP", {share, 1 - share})});
}

std::optional<SamplingError> errorOfSurvey(const Survey& survey, double share,
                                           const SamplingErrorOptions& options = {}) {
  return samplingError(survey, evaluate(survey, predicted(share)), options);
}

TEST(SamplingError, OfADistanceThatIsFarFromZeroIsThatOfAShare) {
  // |p - q| is linear as long as p stays on its side of q: no bias, the standard error of p.
  const auto error = errorOfSurvey(observed(400.0), 0.2, {.draws = 2'000'000});
  ASSERT_TRUE(error);
  EXPECT_EQ(error->items, 1u);
  const SamplingEffect& tvd = *error->effects[metricIndex("tvd")];
  EXPECT_NEAR(tvd.standardError, std::sqrt(0.7 * 0.3 / 400), 0.003);
  EXPECT_NEAR(tvd.bias, 0.0, 0.006);
}

TEST(SamplingError, OfAPerfectPredictionIsAllBias) {
  // E|p* - p| of a nearly normal share.
  const auto error = errorOfSurvey(observed(400.0), 0.7);
  EXPECT_NEAR(error->effects[metricIndex("tvd")]->bias, std::sqrt(2 / M_PI * 0.7 * 0.3 / 400),
              0.003);
}

TEST(SamplingError, GrowsAsRespondentsGetFewer) {
  double before = 0.0;
  for (const double size : {10000.0, 1000.0, 100.0, 10.0}) {
    const double now =
        errorOfSurvey(observed(size), 0.6)->effects[metricIndex("js_similarity")]->standardError;
    EXPECT_GT(now, before);
    before = now;
  }
}

TEST(SamplingError, NeedsASampleSize) {
  EXPECT_FALSE(errorOfSurvey(observed({}), 0.6));
  EXPECT_EQ(errorOfSurvey(observed({}), 0.6, {.respondents = 50})->items, 2u);
}

TEST(SamplingError, OfAnInfiniteFigureIsUnknown) {
  const auto error = errorOfSurvey(observed(100.0), 1.0);
  EXPECT_FALSE(error->effects[metricIndex("kl")]);
  EXPECT_TRUE(error->effects[metricIndex("tvd")]);
}

}  // namespace
}  // namespace canvass
