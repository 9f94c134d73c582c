#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "baselines/best_linear_baseline.h"
#include "designs/split.h"
#include "import/import.h"
#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;

Survey surveyOf(const std::vector<std::vector<Distribution>>& table) {
  Survey survey;
  for (std::size_t question = 0; question < table.size(); ++question) {
    const auto answered = std::ranges::find_if(table[question], std::not_fn(&Distribution::empty));
    survey.questions.push_back(makeQuestion("q" + std::to_string(question), answered->size()));
  }
  for (std::size_t population = 0; population < table.front().size(); ++population) {
    const std::string id = "p" + std::to_string(population);
    survey.populations.push_back({id, id, id, {}});
    for (std::size_t question = 0; question < table.size(); ++question) {
      const Distribution& shares = table[question][population];
      if (!shares.empty()) addItem(survey, question, population, shares);
    }
  }
  return survey;
}

AnsweredCells cellsOf(const Survey& survey) {
  AnsweredCells cells;
  for (const Item& item : survey.items) {
    cells.push_back({item.population, item.question, &*item.observed});
  }
  return cells;
}

// Six populations in two camps, whose answers differ from their camp's by little.
Survey camps() {
  std::vector<std::vector<Distribution>> table(8, std::vector<Distribution>(6));
  for (std::size_t question = 0; question < table.size(); ++question) {
    for (std::size_t population = 0; population < 6; ++population) {
      const double side = population % 2 == 0 ? 1.0 : -1.0;
      const double share = 0.5 + side * 0.04 * static_cast<double>(question % 5) +
                           0.002 * static_cast<double>((3 * population + question) % 4);
      table[question][population] = {share, 1.0 - share};
    }
  }
  return surveyOf(table);
}

TEST(BestLinear, AgreesWithAnIndependentImplementation) {
  const auto path = sourceFolder() / "tests" / "baselines" / "golden" / "best_linear.json";
  const Json golden = parseJson(readFile(path), path.string());
  std::vector<std::vector<Distribution>> table;
  for (const Json& row : golden.at("table")) {
    auto& answers = table.emplace_back();
    for (const Json& shares : row) {
      answers.push_back(shares.is_null() ? Distribution{} : shares.get<Distribution>());
    }
  }
  const Survey survey = surveyOf(table);
  const BestLinearModel model(cellsOf(survey), {golden.at("shrinkage").get<double>()});
  for (std::size_t question = 0; question < table.size(); ++question) {
    for (std::size_t population = 0; population < table[question].size(); ++population) {
      EXPECT_THAT(model.predict(population, question),
                  testing::Pointwise(testing::DoubleNear(1e-9),
                                     golden.at("predictions")[question][population]))
          << "question " << question << ", population " << population;
    }
  }
}

TEST(BestLinear, FollowsThePopulationsThatAnswerAlike) {
  const Survey survey = camps();
  Survey training = survey;
  Survey items = survey;
  std::erase_if(training.items,
                [](const Item& item) { return item.population + item.question == 4; });
  std::erase_if(items.items, [](const Item& item) { return item.population + item.question != 4; });
  const BestLinearPredictions result = predictBestLinear(training, items);
  EXPECT_EQ(result.predictions.model, "baseline:best_linear");
  EXPECT_GT(result.similarity, 0.97);
  ASSERT_EQ(result.predictions.predictions.size(), items.items.size());
  for (std::size_t i = 0; i < items.items.size(); ++i) {
    EXPECT_LT(tvd(*items.items[i].observed, result.predictions.predictions[i].probabilities), 0.03);
  }
}

TEST(BestLinear, IsTheMeanOfTheOthersRootsWhereNothingIsShared) {
  const Distribution one = {0.81, 0.19};
  const Distribution two = {0.49, 0.51};
  const BestLinearModel model({{0, 0, &one}, {1, 0, &two}, {2, 1, &one}}, {1.0});
  const double yes = std::pow(0.5 * (0.9 + 0.7), 2.0);
  const double no = std::pow(0.5 * (std::sqrt(0.19) + std::sqrt(0.51)), 2.0);
  EXPECT_THAT(model.predict(2, 0),
              testing::ElementsAre(testing::DoubleNear(yes / (yes + no), 1e-12),
                                   testing::DoubleNear(no / (yes + no), 1e-12)));
}

TEST(BestLinear, SurvivesPopulationsThatAlwaysAgreeAndSharesOfZero) {
  const Distribution all = {1.0, 0.0, 0.0};
  const BestLinearModel model({{0, 0, &all}, {1, 0, &all}, {1, 1, &all}, {2, 1, &all}}, {0.03});
  const Distribution shares = model.predict(0, 1);
  EXPECT_NEAR(shares[0] + shares[1] + shares[2], 1.0, 1e-12);
  EXPECT_GT(shares[0], 0.999);
  EXPECT_GT(shares[1], 0.0) << "or its KL divergence is infinite";
}

TEST(BestLinear, IsSilentOnWhatItHasNotSeen) {
  const Distribution shares = {0.5, 0.5};
  const BestLinearModel model({{1, 2, &shares}, {3, 2, &shares}, {1, 0, &shares}}, {});
  EXPECT_THAT(model.predict(0, 2), testing::IsEmpty());
  EXPECT_THAT(model.predict(9, 2), testing::IsEmpty());
  EXPECT_THAT(model.predict(1, 1), testing::IsEmpty());
  EXPECT_THAT(model.predict(1, 9), testing::IsEmpty());
  EXPECT_THAT(model.predict(1, 0), testing::IsEmpty()) << "its own answer is all there is";
  EXPECT_THAT(model.predict(1, 2), testing::SizeIs(2));
}

TEST(BestLinear, NeverSeesTheItemsThatItPredicts) {
  const Split split = holdOutCells(camps(), 0.2, 1);
  const Predictions without = predictBestLinear(split.train, split.heldOut).predictions;
  const Predictions with = predictBestLinear(camps(), split.heldOut).predictions;
  ASSERT_EQ(with.predictions.size(), without.predictions.size());
  for (std::size_t i = 0; i < with.predictions.size(); ++i) {
    EXPECT_EQ(with.predictions[i].probabilities, without.predictions[i].probabilities);
  }
}

TEST(BestLinear, SaysWhatItCannotDo) {
  EXPECT_EQ(errorOf([] { predictBestLinear(camps(), camps()); }),
            "no training item apart from those to predict: too few to learn from; predict items "
            "that are not in the training survey");
}

TEST(BestLinear, ReachesWhatIsKnownOfItOnTheWorldValuesSurvey) {
  CANVASS_NEEDS_SHARED_DATA();
  const auto folder = sharedDataFolder() / "wvs7";
  const Survey survey =
      mergeSurveys({loadSurvey(folder / "train.json"), loadSurvey(folder / "valid.json")});
  const Split split = holdOutCells(survey, 0.08, 1);
  const Predictions predictions = predictBestLinear(split.train, split.heldOut).predictions;
  ASSERT_EQ(predictions.predictions.size(), 506u);
  double sum = 0.0;
  for (std::size_t i = 0; i < 506; ++i) {
    sum += jsSimilarity(*split.heldOut.items[i].observed, predictions.predictions[i].probabilities);
  }
  EXPECT_NEAR(sum / 506.0, 0.901, 0.001);
}

}  // namespace
}  // namespace canvass
