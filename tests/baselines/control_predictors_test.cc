#include "baselines/control_predictors.h"

#include <cmath>
#include <map>
#include <set>

#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

// Two questions x `populations`; the first share tells question and population apart.
Survey survey(std::size_t populations) {
  Survey result = makeSurvey({makeQuestion("q1", 2), makeQuestion("q2", 2)}, {});
  for (std::size_t population = 0; population < populations; ++population) {
    const std::string id = "p" + std::to_string(population);
    result.populations.push_back({id, id, id, {}});
    for (const std::size_t question : {0, 1}) {
      const double share =
          0.01 * static_cast<double>(population) + 0.5 * static_cast<double>(question);
      addItem(result, question, population, {share, 1 - share});
    }
  }
  return result;
}

TEST(Respondents, AreWholePeopleAroundWhatWasObserved) {
  const Survey items = survey(40);
  const Predictions predictions = predictRespondents(items, 50, 1);
  EXPECT_EQ(predictions.model, "baseline:respondents");
  ASSERT_EQ(predictions.predictions.size(), 80u);
  double deviations = 0.0;
  double variances = 0.0;
  for (std::size_t i = 0; i < 80; ++i) {
    const double share = predictions.predictions[i].probabilities[0];
    const double observed = (*items.items[i].observed)[0];
    EXPECT_NEAR(std::round(share * 50), share * 50, 1e-9);
    deviations += (share - observed) * (share - observed);
    variances += observed * (1 - observed) / 50;
  }
  EXPECT_NEAR(deviations / variances, 1.0, 0.5);
}

TEST(Respondents, DependOnTheSeedAndTheItemOnly) {
  Survey items = survey(6);
  const Predictions one = predictRespondents(items, 500, 1);
  const Predictions other = predictRespondents(items, 500, 2);
  items.items.erase(items.items.begin());
  const Predictions fewer = predictRespondents(items, 500, 1);
  EXPECT_EQ(fewer.predictions[0].probabilities, one.predictions[1].probabilities);
  EXPECT_NE(other.predictions[5].probabilities, one.predictions[5].probabilities);
}

TEST(Respondents, NeedAnObservedDistributionAndSomeone) {
  Survey items = survey(2);
  items.items[0].observed.reset();
  EXPECT_EQ(predictRespondents(items, 5, 1).predictions.size(), 3u);
  EXPECT_EQ(errorOf([&] { predictRespondents(items, 0, 1); }),
            "0 respondents say nothing; say how many with --sample-size");
}

TEST(OtherPopulation, GivesEveryPopulationAnotherOneForAllQuestions) {
  for (const std::size_t populations : {2u, 3u, 9u}) {
    const Survey items = survey(populations);
    const Predictions predictions = predictOtherPopulation({&items}, items, 3);
    std::map<std::string, int> other;
    std::set<int> taken;
    for (const Prediction& prediction : predictions.predictions) {
      const double shift = prediction.question == "q2" ? 0.5 : 0.0;
      const int donor = static_cast<int>(std::round(100 * (prediction.probabilities[0] - shift)));
      EXPECT_NE("p" + std::to_string(donor), prediction.population);
      EXPECT_EQ(other.emplace(prediction.population, donor).first->second, donor);
      taken.insert(donor);
    }
    EXPECT_EQ(other.size(), populations);
    EXPECT_EQ(taken.size(), populations) << "no population is taken twice";
  }
}

TEST(OtherPopulation, TakesAnswersFromTheFirstSurveyThatHasThem) {
  Survey items = survey(2);
  Survey training = survey(2);
  training.items[0].observed = Distribution{0.75, 0.25};  // q1, p0
  std::erase_if(training.items, [](const Item& item) { return item.question == 1; });
  items.items[3].observed.reset();  // q2, p1
  const Predictions predictions = predictOtherPopulation({&training, &items}, items, 0);
  ASSERT_EQ(predictions.predictions.size(), 3u) << "nobody knows q2 of p1";
  EXPECT_EQ(predictions.model, "baseline:other_population");
  EXPECT_EQ(predictions.predictions[1].population, "p1");
  EXPECT_EQ(predictions.predictions[1].probabilities, (Distribution{0.75, 0.25}));
  EXPECT_EQ(predictions.predictions[2].question, "q2");
  EXPECT_EQ(predictions.predictions[2].probabilities, (Distribution{0.5, 0.5}));
}

TEST(OtherPopulation, NeedsTwo) {
  const Survey items = survey(1);
  EXPECT_EQ(errorOf([&] { predictOtherPopulation({&items}, items, 0); }),
            "there is no other population whose answers could be used; give a survey with two or "
            "more populations");
}

}  // namespace
}  // namespace canvass
