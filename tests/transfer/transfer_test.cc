#include "transfer/transfer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"
#include "transfer/question_transfer.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::HasSubstr;

// Populations differ by two traits. A predictor sees both, but takes the first for less than it is
// and the second the wrong way round, and is wrong about every question's level.
struct DistortedWorld {
  explicit DistortedWorld(std::uint64_t seed, double ofTraits = 0.6, std::size_t questions = 40,
                          std::size_t populations = 24)
      : survey(makeSurvey({}, {})) {
    RandomStream random(seed, "distorted world");
    std::vector<std::array<double, 2>> traits(populations);
    for (std::size_t c = 0; c < populations; ++c) {
      traits[c] = {random.normal(), random.normal()};
      const std::string id = fmt::format("p{}", c);
      survey.populations.push_back({id, id, id, {{"place", id}}});
    }
    predictions.model = "distorted";
    for (std::size_t q = 0; q < questions; ++q) {
      const std::string id = fmt::format("q{}", q);
      survey.questions.push_back(makeQuestion(id, 3));
      const double level = random.normal();
      const double predictedLevel = 0.4 * level + 0.3 * random.normal();
      const double first = ofTraits * random.normal();
      const double second = ofTraits * random.normal();
      for (std::size_t c = 0; c < populations; ++c) {
        const double truth =
            level + first * traits[c][0] + second * traits[c][1] + 0.1 * random.normal();
        const double predicted = predictedLevel + 0.4 * first * traits[c][0] -
                                 0.8 * second * traits[c][1] + 0.1 * random.normal();
        addItem(survey, q, c, sharesAt(truth));
        predictions.predictions.push_back(
            makePrediction(id, survey.populations[c].id, sharesAt(predicted)));
      }
    }
  }

  static Distribution sharesAt(double leaning) {
    const double low = std::exp(-leaning);
    const double high = std::exp(leaning);
    return {low / (low + 1.0 + high), 1.0 / (low + 1.0 + high), high / (low + 1.0 + high)};
  }

  Survey survey;
  Predictions predictions;
};

// Without those items that are not known to the calibration.
Survey knownPart(const Survey& survey, NewPart part) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Item& item = survey.items[i];
    const bool isNew = part == NewPart::question ? item.question % 5 == 0
                       : part == NewPart::population
                           ? item.population % 5 == 0
                           : (7 * item.question + item.population) % 5 == 0;
    if (!isNew) kept.push_back(i);
  }
  return selectItems(survey, kept);
}

double meanSimilarity(const Survey& truth, const Predictions& predictions) {
  double sum = 0.0;
  const SurveyIndex index(truth);
  for (const Prediction& one : predictions.predictions) {
    const auto item = index.item(one.question, one.population);
    sum += jsSimilarity(*truth.items[*item].observed, one.probabilities);
  }
  return sum / static_cast<double>(predictions.predictions.size());
}

// Those of the same items, uncorrected.
Predictions sameItems(const Predictions& all, const Predictions& chosen) {
  Predictions result;
  for (const Prediction& one : chosen.predictions) {
    result.predictions.push_back(*std::ranges::find_if(
        all.predictions, [&](const Prediction& other) { return idOf(other) == idOf(one); }));
  }
  return result;
}

struct TransferCase {
  friend void PrintTo(const TransferCase& one, std::ostream* out) { *out << one.name; }

  const char* name;
  NewPart part;
  double share;  // of the error in js_similarity that is left, at most
};

class Transfer : public testing::TestWithParam<TransferCase> {};

TEST_P(Transfer, TakesOutMostOfWhatIsDistorted) {
  const auto& [name, part, share] = GetParam();
  const DistortedWorld world(3);
  const auto result = transferPredictions(knownPart(world.survey, part), world.predictions, 1);
  const double before =
      meanSimilarity(world.survey, sameItems(world.predictions, result.predictions));
  const double after = meanSimilarity(world.survey, result.predictions);
  EXPECT_LT(1.0 - after, share * (1.0 - before)) << before << " to " << after;
  ASSERT_EQ(result.choices.size(), 1u);
  const TransferChoice& choice = result.choices.front();
  EXPECT_EQ(choice.part, part);
  EXPECT_EQ(choice.items, result.predictions.predictions.size());
  EXPECT_GT(choice.chosen, 0u);
  // The cross-validation's promise is kept.
  EXPECT_NEAR(choice.candidates[choice.chosen].similarity, after, 0.05);
  EXPECT_NEAR(choice.candidates.front().similarity, before, 0.05);
}

TEST_P(Transfer, DoesNotSeeTheAnswersThatItPredicts) {
  const DistortedWorld world(5);
  Survey known = knownPart(world.survey, GetParam().part);
  const auto before = transferPredictions(known, world.predictions, 1);
  // The new items, all of one mind, without being observed: in a survey they may stand so.
  Survey more = world.survey;
  const SurveyIndex index(known);
  for (Item& item : more.items) {
    if (!index.item(more.questionOf(item).id, more.populationOf(item).id)) item.observed.reset();
  }
  const auto after = transferPredictions(more, world.predictions, 1);
  ASSERT_EQ(before.predictions.predictions.size(), after.predictions.predictions.size());
  for (std::size_t i = 0; i < before.predictions.predictions.size(); ++i) {
    EXPECT_EQ(before.predictions.predictions[i].probabilities,
              after.predictions.predictions[i].probabilities);
  }
}

TEST_P(Transfer, LeavesPredictionsThatCannotBeMended) {
  // Right predictions with an error of their own in each cell.
  DistortedWorld world(7);
  RandomStream random(7, "own errors");
  for (std::size_t i = 0; i < world.survey.items.size(); ++i) {
    Distribution shares = *world.survey.items[i].observed;
    for (double& share : shares) share *= std::exp(0.1 * random.normal());
    world.predictions.predictions[i].probabilities = normalized(shares, "own error");
  }
  const auto result =
      transferPredictions(knownPart(world.survey, GetParam().part), world.predictions, 1);
  const double before =
      meanSimilarity(world.survey, sameItems(world.predictions, result.predictions));
  EXPECT_GT(meanSimilarity(world.survey, result.predictions), before - 0.003);
}

INSTANTIATE_TEST_SUITE_P(CrossQuestion, Transfer,
                         testing::Values(TransferCase{"question", NewPart::question, 0.75},
                                         TransferCase{"population", NewPart::population, 0.4},
                                         TransferCase{"cell", NewPart::cell, 0.4}),
                         [](const auto& one) { return one.param.name; });

TEST(TransferOfBoth, LeavesItemsWhereEverythingIsNew) {
  const DistortedWorld world(9);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < world.survey.items.size(); ++i) {
    const Item& item = world.survey.items[i];
    if (item.question > 3 && item.population > 3) kept.push_back(i);
  }
  const auto result = transferPredictions(selectItems(world.survey, kept), world.predictions, 1);
  EXPECT_EQ(result.unchanged, 16u);
  EXPECT_EQ(result.choices.size(), 2u);
  EXPECT_EQ(result.predictions.predictions.front().probabilities,
            world.predictions.predictions.front().probabilities);
  EXPECT_THAT(result.predictions.calibration,
              testing::AllOf(HasSubstr("new questions: "), HasSubstr("new populations: ")));
}

TEST(TransferOfBoth, FaultsSayWhatIsMissing) {
  const DistortedWorld world(9, 0.6, 3, 4);
  EXPECT_THAT(errorOf([&] { transferPredictions(world.survey, world.predictions, 1); }),
              HasSubstr("every predicted item was observed"));
  EXPECT_THAT(errorOf([&] { transferPredictions(makeSurvey({}, {}), world.predictions, 1); }),
              HasSubstr("no predicted item was observed"));
  Survey other = world.survey;
  other.items.pop_back();
  std::swap(other.questions[0].options[0].label, other.questions[0].options[1].label);
  EXPECT_THAT(errorOf([&] { transferPredictions(other, world.predictions, 1); }),
              HasSubstr("question q0, population p0: the prediction has other options"));
}

// tools/oracle/transfer.py computes the same with NumPy.
TEST(TransferGolden, MapsOverPopulationsAndOptions) {
  const Json golden =
      parseJson(readFile(sourceFolder() / "tests/transfer/golden_transfer.json"), "golden");
  AnswerTable table;
  const auto matrixAt = [&](const char* key) {
    const auto rows = golden[key].get<std::vector<std::vector<double>>>();
    Eigen::MatrixXd matrix(static_cast<Eigen::Index>(rows.size()),
                           static_cast<Eigen::Index>(rows.front().size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (std::size_t j = 0; j < rows[i].size(); ++j) {
        matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = rows[i][j];
      }
    }
    return matrix;
  };
  table.predicted = matrixAt("predicted");
  table.observed = matrixAt("observed");
  table.firstColumn = {0, 3, 6, 9, 12, 15};
  const auto compare = [&](const CellCorrector& correct, const char* key,
                           const AnswerTable::Cell& cell) {
    const Eigen::VectorXd found = correct(cell);
    for (Eigen::Index k = 0; k < 3; ++k) {
      EXPECT_NEAR(found(k), golden[key][static_cast<std::size_t>(k)].get<double>(), 1e-9) << key;
    }
  };
  AnswerTable newQuestion = table;
  for (std::size_t c = 0; c < 6; ++c) newQuestion.forget({c, 4});
  compare(fitQuestionTransfer(newQuestion, 0.7), "new_question", {2, 4});
  compare(fitQuestionTransfer(newQuestion, std::nullopt), "new_question_slopes", {2, 4});
  AnswerTable newPopulation = table;
  for (std::size_t q = 0; q < 5; ++q) newPopulation.forget({5, q});
  compare(fitPopulationTransfer(newPopulation, true, 0.7), "new_population", {5, 1});
  compare(fitPopulationTransfer(newPopulation, false, std::nullopt), "new_population_level",
          {5, 1});
}

}  // namespace
}  // namespace canvass
