#include "estimation/interview_plan.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "base/random.h"
#include "estimation/rectified_mean.h"
#include "stats/multinomial.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::HasSubstr;

// Questions of two options: shares vary between populations, and predictions tell part of it, with
// an error of the question's mean.
struct PlannedWorld {
  explicit PlannedWorld(std::uint64_t seed, std::size_t questions = 60,
                        std::size_t populations = 30)
      : random(seed, "planned world"), survey(makeSurvey({}, {})) {
    predictions.model = "predictor";
    for (std::size_t p = 0; p < populations; ++p) {
      const std::string id = fmt::format("p{}", p);
      survey.populations.push_back({id, id, id, {}});
    }
    for (std::size_t q = 0; q < questions; ++q) {
      const std::string id = fmt::format("q{}", q);
      survey.questions.push_back(makeQuestion(id, 2));
      const double bias = 0.05 * random.normal();
      for (std::size_t p = 0; p < populations; ++p) {
        const double told = 0.08 * random.normal();
        const double truth = 0.5 + told + 0.03 * random.normal();
        addItem(survey, q, p, {truth, 1.0 - truth});
        predictions.predictions.push_back(
            makePrediction(id, survey.populations[p].id, {0.5 + told + bias, 0.5 - told - bias}));
      }
    }
  }

  RandomStream random;
  Survey survey;
  Predictions predictions;
};

TEST(InterviewPlans, VariancesAreThoseOfTheWorld) {
  const PlannedWorld world(1);
  const QuestionVariances of =
      planInterviews(world.survey, world.predictions, {.budget = 300}).variances;
  EXPECT_EQ(of.questions, 60u);
  EXPECT_EQ(of.options, 2.0);
  EXPECT_NEAR(of.between, 2 * (0.08 * 0.08 + 0.03 * 0.03), 0.001);
  EXPECT_NEAR(of.left, 2 * 0.03 * 0.03, 0.0003);
  EXPECT_NEAR(of.itemError, 2 * (0.05 * 0.05 + 0.03 * 0.03), 0.002);
  EXPECT_NEAR(of.meanError, 2 * 0.05 * 0.05, 0.002);
  EXPECT_NEAR(of.sampling, 2 * 0.24, 0.01);
}

// The error that a plan expects is that of surveys which are drawn so.
TEST(InterviewPlans, ErrorsAreThoseOfSimulatedSurveys) {
  PlannedWorld world(2);
  const InterviewPlans plans = planInterviews(world.survey, world.predictions, {.budget = 120});
  for (const std::size_t populations : {6, 12, 30}) {
    const InterviewPlan& plan = plans.plans[populations - 2];
    ASSERT_EQ(plan.populations, populations);
    ASSERT_EQ(plan.respondents, 120 / populations);
    double sampleErrors = 0.0;
    double rectifiedErrors = 0.0;
    std::size_t draws = 0;
    for (std::size_t q = 0; q < 60; ++q) {
      std::vector<Distribution> predicted;
      double truth = 0.0;
      for (std::size_t p = 0; p < 30; ++p) {
        predicted.push_back(world.predictions.predictions[30 * q + p].probabilities);
        truth += (*world.survey.items[30 * q + p].observed)[0] / 30.0;
      }
      for (int repeat = 0; repeat < 20; ++repeat, ++draws) {
        std::vector<std::size_t> order(30);
        std::iota(order.begin(), order.end(), 0u);
        world.random.shuffle(order);
        std::vector<InterviewedPopulation> interviewed;
        for (std::size_t i = 0; i < populations; ++i) {
          const Distribution& shares = *world.survey.items[30 * q + order[i]].observed;
          std::vector<std::uint64_t> counts(2);
          drawSample(shares, plan.respondents, world.random, counts);
          const double size = static_cast<double>(plan.respondents);
          interviewed.push_back(
              {order[i],
               {static_cast<double>(counts[0]) / size, static_cast<double>(counts[1]) / size},
               size});
        }
        const RectifiedMean mean = rectifyMean(predicted, interviewed);
        sampleErrors += std::pow(mean.sample.estimate[0] - truth, 2);
        rectifiedErrors += std::pow(mean.mean.estimate[0] - truth, 2);
      }
    }
    const double sample = std::sqrt(sampleErrors / static_cast<double>(draws));
    const double rectified = std::sqrt(rectifiedErrors / static_cast<double>(draws));
    EXPECT_NEAR(plan.meanOfSample, sample, 0.06 * sample) << populations;
    // A weight that is fitted to few populations costs a little.
    EXPECT_NEAR(plan.meanWithPredictions, rectified, 0.15 * rectified) << populations;
  }
}

TEST(InterviewPlans, AreTheBestOfAllThatTheBudgetPays) {
  const PlannedWorld world(3);
  const InterviewPlans free = planInterviews(world.survey, world.predictions, {.budget = 300});
  EXPECT_EQ(free.plans.size(), 29u);
  EXPECT_EQ(free.plans[free.bestForMean].populations, 30u);
  EXPECT_TRUE(free.plans.back().eachOfSample);
  EXPECT_FALSE(free.plans.front().eachOfSample);
  const InterviewPlans costly =
      planInterviews(world.survey, world.predictions, {.budget = 300, .perPopulation = 20});
  EXPECT_LT(costly.plans[costly.bestForMean].populations, 14u);
  EXPECT_GT(costly.plans[costly.bestForMean].meanWithPredictions,
            free.plans[free.bestForMean].meanWithPredictions);
  for (const InterviewPlan& plan : costly.plans) {
    EXPECT_LE(static_cast<double>(plan.populations * (plan.respondents + 20)), 300.0);
    EXPECT_GE(plan.meanWithPredictions,
              costly.plans[costly.bestForMean].meanWithPredictions - 1e-12);
    EXPECT_GE(plan.eachWithPredictions,
              costly.plans[costly.bestForEach].eachWithPredictions - 1e-12);
    EXPECT_LE(plan.meanWithPredictions, plan.meanOfSample + 1e-12);
    EXPECT_LE(plan.eachWithPredictions, costly.eachOfPredictions + 1e-12);
  }
}

TEST(InterviewPlans, TheSurveysOwnSamplingIsTakenOut) {
  PlannedWorld world(4);
  const QuestionVariances exact =
      planInterviews(world.survey, world.predictions, {.budget = 300}).variances;
  for (Item& item : world.survey.items) {
    std::vector<std::uint64_t> counts(2);
    drawSample(*item.observed, 100, world.random, counts);
    item.observed = {static_cast<double>(counts[0]) / 100.0,
                     static_cast<double>(counts[1]) / 100.0};
    item.respondents = 100;
  }
  const QuestionVariances sampled =
      planInterviews(world.survey, world.predictions, {.budget = 300}).variances;
  EXPECT_NEAR(sampled.between, exact.between, 0.1 * exact.between);
  EXPECT_NEAR(sampled.left, exact.left, 0.4 * exact.left);
  EXPECT_NEAR(sampled.itemError, exact.itemError, 0.15 * exact.itemError);
}

TEST(InterviewPlans, FaultsSayWhatToGive) {
  const PlannedWorld world(5);
  EXPECT_THAT(errorOf([&] { planInterviews(world.survey, world.predictions, {.budget = 3}); }),
              HasSubstr("does not pay 2 interviews in 2 populations; give a larger --budget"));
  const PlannedWorld small(5, 2, 30);
  EXPECT_THAT(errorOf([&] { planInterviews(small.survey, small.predictions, {.budget = 300}); }),
              HasSubstr("2 observed and predicted questions of 5 or more populations"));
}

}  // namespace
}  // namespace canvass
