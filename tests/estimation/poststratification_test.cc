#include "estimation/poststratification.h"

#include <fmt/format.h>

#include <cmath>

#include "base/random.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using testing::ElementsAre;

const std::vector<std::string> countries = {"Peru", "Kenya"};
const std::vector<std::string> sexes = {"female", "male"};

// A question of two options for two countries by two sexes, and Peru as a whole.
Survey groupsSurvey(std::size_t questions = 1) {
  Survey survey;
  for (std::size_t q = 0; q < questions; ++q) {
    survey.questions.push_back(
        {fmt::format("q{}", q), "?", "", {{"A", "yes", {}}, {"B", "no", {}}}, Scale::nominal, {}});
  }
  for (const std::string& country : countries) {
    for (const std::string& sex : sexes) {
      const std::string name = country + " " + sex;
      survey.populations.push_back({name, name, "someone", {{"country", country}, {"sex", sex}}});
    }
  }
  survey.populations.push_back({"pe", "All of Peru", "someone", {{"country", "Peru"}}});
  return survey;
}

Predictions predictionsOf(const Survey& survey, const std::vector<double>& yes) {
  Predictions predictions;
  predictions.model = "tiny";
  for (const Question& question : survey.questions) {
    for (std::size_t p = 0; p < yes.size(); ++p) {
      predictions.predictions.push_back(
          {question.id, survey.populations[p].id, {"A", "B"}, {yes[p], 1.0 - yes[p]}, {}, {}});
    }
  }
  return predictions;
}

std::vector<PopulationCell> cellsOf(const std::vector<double>& amounts) {
  std::vector<PopulationCell> cells;
  for (std::size_t i = 0; i < amounts.size(); ++i) {
    cells.push_back({{{"country", countries[i / 2]}, {"sex", sexes[i % 2]}}, amounts[i]});
  }
  return cells;
}

TEST(Poststratification, WeighsCellsByTheirShareOfEachTarget) {
  const Survey survey = groupsSurvey();
  const Predictions predictions = predictionsOf(survey, {0.2, 0.6, 0.5, 1.0});
  const auto byCountry = poststratify(survey, predictions, cellsOf({30, 10, 25, 75}), {"country"});
  ASSERT_EQ(byCountry.predictions.predictions.size(), 2u);
  EXPECT_EQ(byCountry.predictions.model, "tiny");
  EXPECT_EQ(byCountry.targets[0].id, "Kenya");
  EXPECT_EQ(byCountry.targets[1].id, "pe");
  EXPECT_NEAR(byCountry.predictions.predictions[0].probabilities[0], 0.875, 1e-12);
  EXPECT_NEAR(byCountry.predictions.predictions[1].probabilities[0], 0.3, 1e-12);
  EXPECT_FALSE(byCountry.errors);
  const auto everyone = poststratify(survey, predictions, cellsOf({30, 10, 25, 75}), {});
  EXPECT_EQ(everyone.targets[0].id, "everyone");
  EXPECT_EQ(everyone.targets[0].cells, 4u);
  EXPECT_NEAR(everyone.predictions.predictions[0].probabilities[0], (6 + 6 + 12.5 + 75) / 140.0,
              1e-12);
}

TEST(Poststratification, IgnoresCellsThatThePopulationDoesNotHave) {
  const Survey survey = groupsSurvey();
  const auto result = poststratify(survey, predictionsOf(survey, {0.2}), cellsOf({5, 0, 0, 0}), {});
  EXPECT_NEAR(result.predictions.predictions[0].probabilities[0], 0.2, 1e-12);
  EXPECT_DOUBLE_EQ(result.targets[0].concentration, 1.0);
}

TEST(Poststratification, LeavesOutQuestionsWithoutEveryCell) {
  const Survey survey = groupsSurvey(2);
  Predictions predictions = predictionsOf(survey, {0.2, 0.6, 0.5, 1.0});
  predictions.predictions.pop_back();
  const auto result = poststratify(survey, predictions, cellsOf({1, 1, 1, 1}), {"country"});
  ASSERT_EQ(result.skipped.size(), 1u);
  EXPECT_EQ(result.skipped[0].question, "q1");
  EXPECT_EQ(result.skipped[0].population, "Kenya");
  EXPECT_EQ(result.skipped[0].reason, "1 of 2 cells without a prediction");
  EXPECT_EQ(result.predictions.predictions.size(), 3u);
}

// Errors of 0.1 that the cells of a question have in common and of 0.05 of their own are found
// again under the noise of samples of 400.
TEST(Poststratification, TellsErrorsInCommonFromACellsOwn) {
  RandomStream random(7, "poststratification");
  Survey survey = groupsSurvey(3000);
  Predictions predictions;
  const auto normal = [&] {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += random.uniform();
    return sum;
  };
  const double noise = std::sqrt(0.25 / 400);
  for (std::size_t q = 0; q < survey.questions.size(); ++q) {
    const double common = 0.1 * normal();
    for (std::size_t p = 0; p < 4; ++p) {
      const double predicted = 0.5 + common + 0.05 * normal();
      const double observed = 0.5 + noise * normal();
      survey.items.push_back({q, p, Distribution{observed, 1 - observed}, 400.0, 400.0});
      survey.items.back().standardErrors = {noise, noise};
      predictions.predictions.push_back({survey.questions[q].id,
                                         survey.populations[p].id,
                                         {"A", "B"},
                                         {predicted, 1 - predicted},
                                         {},
                                         {}});
    }
  }
  const auto result = poststratify(survey, predictions, cellsOf({1, 1, 1, 1}), {});
  ASSERT_TRUE(result.errors);
  EXPECT_EQ(result.errors->cells, 12000u);
  EXPECT_EQ(result.errors->questions, 3000u);
  EXPECT_NEAR(result.errors->common, 0.1, 0.005);
  EXPECT_NEAR(result.errors->own, 0.05, 0.003);
  EXPECT_NEAR(result.errors->of(result.targets[0]), std::hypot(0.1, 0.05 / 2), 0.005);
}

TEST(Poststratification, SaysWhatIsWrong) {
  const Survey survey = groupsSurvey();
  const Predictions predictions = predictionsOf(survey, {0.2, 0.6, 0.5, 1.0});
  EXPECT_THAT(errorOf([&] {
                poststratify(survey, predictions, cellsOf({1, 1, 1, 1}), {"age"});
              }),
              testing::HasSubstr("the cells have no attribute \"age\""));
  std::vector<PopulationCell> other = cellsOf({1});
  other[0].attributes["country"] = "Chile";
  EXPECT_THAT(errorOf([&] { poststratify(survey, predictions, other, {}); }),
              testing::HasSubstr("1 cell not a population of the survey: Chile, female"));
  EXPECT_THAT(errorOf([&] {
                poststratify(survey, predictionsOf(survey, {0.2}), cellsOf({1, 1, 1, 1}), {});
              }),
              testing::HasSubstr("no question has a prediction of every cell; question q0, "
                                 "everyone: 3 of 4 cells without a prediction"));
}

}  // namespace
}  // namespace canvass
