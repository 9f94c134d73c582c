#include <cmath>

#include "base/random.h"
#include "baselines/low_rank_baseline.h"
#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

constexpr std::size_t populations = 12;
constexpr std::size_t questions = 20;

// Every population stands somewhere on one axis, and every option leans to one side of it: log
// shares of rank one around the mean, of rank two where the mean is over some populations only.
Distribution sharesOf(std::size_t population, std::size_t question) {
  const double place = std::cos(1.7 * static_cast<double>(population));
  Distribution shares;
  for (std::size_t k = 0; k < 2 + question % 3; ++k) {
    const double lean = std::sin(static_cast<double>(3 * question + 7 * k));
    shares.push_back(std::exp(place * lean + 0.3 * std::cos(static_cast<double>(question + k))));
  }
  return normalized(std::move(shares), "shares");
}

bool isHeldOut(std::size_t population, std::size_t question) {
  return (5 * population + question) % 11 == 0;
}

Survey emptySurvey() {
  Survey survey;
  for (std::size_t question = 0; question < questions; ++question) {
    survey.questions.push_back(makeQuestion("q" + std::to_string(question), 2 + question % 3));
  }
  for (std::size_t population = 0; population < populations; ++population) {
    const std::string id = "p" + std::to_string(population);
    survey.populations.push_back({id, id, id, {}});
  }
  return survey;
}

Survey part(bool heldOut) {
  Survey survey = emptySurvey();
  for (std::size_t question = 0; question < questions; ++question) {
    for (std::size_t population = 0; population < populations; ++population) {
      if (isHeldOut(population, question) != heldOut) continue;
      addItem(survey, question, population, sharesOf(population, question));
    }
  }
  return survey;
}

double worstDistance(const Survey& items, const Predictions& predictions) {
  double worst = 0.0;
  for (std::size_t i = 0; i < items.items.size(); ++i) {
    worst =
        std::max(worst, tvd(*items.items[i].observed, predictions.predictions[i].probabilities));
  }
  return worst;
}

TEST(LowRank, CompletesATableOfThatRank) {
  const Survey items = part(true);
  const LowRankPredictions result =
      predictLowRank(part(false), items, {.ranks = {2}, .ridges = {0.001, 100.0}});
  EXPECT_EQ(result.settings.ridge, 0.001) << "nothing here is noise";
  EXPECT_GT(result.similarity, 0.99);
  EXPECT_EQ(result.predictions.model, "baseline:low_rank");
  ASSERT_EQ(result.predictions.predictions.size(), items.items.size());
  EXPECT_LT(worstDistance(items, result.predictions), 0.01);
}

TEST(LowRank, IsTheMeanOfTheLogSharesWhereTheRidgeLeavesNothingElse) {
  const Distribution one = {0.8, 0.2};
  const Distribution two = {0.4, 0.6};
  const LowRankModel model({{0, 0, &one}, {1, 0, &two}}, {1, 1e12}, 1);
  const auto logOdds = [](const Distribution& p) {
    return std::log(p[0] + 0.002) - std::log(p[1] + 0.002);
  };
  const Distribution shares = model.predict(0, 0);
  EXPECT_NEAR(std::log(shares[0] / shares[1]), 0.5 * (logOdds(one) + logOdds(two)), 1e-9);
}

TEST(LowRank, SurvivesSharesOfZeroAndTablesSmallerThanTheRank) {
  const Distribution all = {1.0, 0.0, 0.0};
  const LowRankModel model({{0, 0, &all}, {1, 0, &all}, {1, 1, &all}}, {20, 1.0}, 1);
  const Distribution shares = model.predict(0, 1);
  EXPECT_NEAR(shares[0] + shares[1] + shares[2], 1.0, 1e-12);
  EXPECT_GT(shares[0], 0.9);
  EXPECT_GT(shares[1], 0.0);
}

TEST(LowRank, IsSilentOnWhatItHasNotSeen) {
  const Distribution shares = {0.5, 0.5};
  const LowRankModel model({{1, 2, &shares}}, {2, 1.0}, 1);
  EXPECT_THAT(model.predict(0, 2), testing::IsEmpty());
  EXPECT_THAT(model.predict(1, 0), testing::IsEmpty());
  EXPECT_THAT(model.predict(5, 2), testing::IsEmpty());
  EXPECT_THAT(model.predict(1, 5), testing::IsEmpty());
  EXPECT_THAT(model.predict(1, 2), testing::SizeIs(2));
}

TEST(LowRank, NeverSeesTheItemsThatItPredicts) {
  const Survey items = part(true);
  Survey known = part(false);
  for (const Item& item : items.items) known.items.push_back(item);
  const Predictions without = predictLowRank(part(false), items).predictions;
  const Predictions with = predictLowRank(known, items).predictions;
  ASSERT_EQ(with.predictions.size(), without.predictions.size());
  for (std::size_t i = 0; i < with.predictions.size(); ++i) {
    EXPECT_EQ(with.predictions[i].probabilities, without.predictions[i].probabilities);
  }
}

TEST(LowRank, SameSeedSamePredictions) {
  const Survey items = part(true);
  const LowRankBaselineOptions options{.seed = 5};
  EXPECT_EQ(predictLowRank(part(false), items, options).predictions.predictions[0].probabilities,
            predictLowRank(part(false), items, options).predictions.predictions[0].probabilities);
}

TEST(LowRank, SaysWhatItCannotDo) {
  EXPECT_EQ(errorOf([] { predictLowRank(part(false), part(false)); }),
            "no training item apart from those to predict: too few to learn from; predict items "
            "that are not in the training survey");
  Survey items = part(true);
  items.questions[0] = makeQuestion("q0", 4);
  EXPECT_THAT(
      errorOf([&] { predictLowRank(part(false), items); }),
      testing::HasSubstr("question q0: the training survey and the survey to predict have"));
}

}  // namespace
}  // namespace canvass
