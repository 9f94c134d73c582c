#include "pooling/stacking.h"

#include "base/random.h"
#include "designs/split.h"
#include "pooling/learners.h"
#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::size_t questions = 12;
constexpr std::size_t populations = 6;

// Two camps of populations, and some noise.
Survey wholeSurvey() {
  Survey survey;
  RandomStream random(1, "survey");
  for (std::size_t question = 0; question < questions; ++question) {
    survey.questions.push_back(makeQuestion("q" + std::to_string(question), 2));
  }
  for (std::size_t population = 0; population < populations; ++population) {
    const std::string id = "p" + std::to_string(population);
    survey.populations.push_back({id, id, id, {}});
  }
  for (std::size_t question = 0; question < questions; ++question) {
    for (std::size_t population = 0; population < populations; ++population) {
      const double side = population % 2 == 0 ? 0.2 : -0.2;
      const double share =
          0.5 + side * std::cos(static_cast<double>(question)) + 0.1 * (random.uniform() - 0.5);
      addItem(survey, question, population, {share, 1.0 - share});
    }
  }
  return survey;
}

// Every item's observed shares, moved by up to `error`.
NamedPredictions inputOf(const std::string& name, const Survey& survey, double error) {
  RandomStream random(2, name);
  NamedPredictions input{name, {}};
  for (const Item& item : survey.items) {
    Prediction prediction = predictionFor(survey, item);
    const double share = (*item.observed)[0] + error * (2.0 * random.uniform() - 1.0);
    prediction.probabilities = {share, 1.0 - share};
    input.predictions.predictions.push_back(std::move(prediction));
  }
  return input;
}

class Stacked : public testing::Test {
 protected:
  Survey whole_ = wholeSurvey();
  Split split_ = holdOutCells(whole_, 0.4, 1);  // heldOut: validation; train: to be predicted
  std::vector<NamedPredictions> inputs_ = {inputOf("good", whole_, 0.05),
                                           inputOf("bad", whole_, 0.2)};
};

double similarity(const Survey& items, const Predictions& predictions) {
  double sum = 0.0;
  for (const MatchedItem& matched : matchPredictions(items, predictions).matched) {
    sum += jsSimilarity(*items.items[matched.item].observed, matched.predicted);
  }
  return sum / static_cast<double>(items.items.size());
}

TEST_F(Stacked, TrustsTheBetterPredictorMore) {
  const Stacking stacking = fitStacking(split_.heldOut, inputs_);
  EXPECT_THAT(stacking.names, ElementsAre("good", "bad"));
  EXPECT_GT(stacking.pool.weights[0], 3.0 * stacking.pool.weights[1]);
  EXPECT_GT(stacking.inputSimilarities[0], stacking.inputSimilarities[1]);
  EXPECT_EQ(stacking.items, split_.heldOut.items.size());
  EXPECT_THAT(stacking.trials, SizeIs(2));
  EXPECT_THAT(stacking.skipped, IsEmpty());
}

TEST_F(Stacked, PredictsOtherItemsBetterThanAnyInputDoes) {
  // Errors that are independent cancel.
  const std::vector<NamedPredictions> inputs = {
      inputOf("one", whole_, 0.1), inputOf("two", whole_, 0.1), inputOf("three", whole_, 0.1)};
  const CombinedPredictions combined =
      combine(fitStacking(split_.heldOut, inputs), split_.heldOut, split_.train, inputs);
  ASSERT_THAT(combined.predictions.predictions, SizeIs(split_.train.items.size()));
  for (const NamedPredictions& input : inputs) {
    EXPECT_GT(similarity(split_.train, combined.predictions),
              similarity(split_.train, input.predictions));
  }
}

TEST_F(Stacked, ThePoolThatIsKeptIsTheBetterInCrossValidation) {
  const Stacking stacking = fitStacking(split_.heldOut, inputs_);
  for (const PoolTrial& trial : stacking.trials) {
    EXPECT_GE(std::ranges::max(stacking.trials, {}, &PoolTrial::similarity).similarity,
              trial.similarity);
  }
  EXPECT_EQ(std::ranges::max(stacking.trials, {}, &PoolTrial::similarity).kind, stacking.pool.kind);
}

TEST_F(Stacked, WeightsDoNotSeeTheItemsToPredict) {
  const Stacking stacking = fitStacking(split_.heldOut, inputs_);
  std::vector<NamedPredictions> others = inputs_;
  const SurveyIndex validation(split_.heldOut);
  for (Prediction& prediction : others[0].predictions.predictions) {
    const auto question = validation.question(prediction.question);
    const auto population = validation.population(prediction.population);
    if (question && population && validation.item(*question, *population)) continue;
    prediction.probabilities = {1.0, 0.0};
  }
  EXPECT_EQ(fitStacking(split_.heldOut, others).pool.weights, stacking.pool.weights);
}

TEST_F(Stacked, ValidationItemsAreNeverPredicted) {
  const Stacking stacking = fitStacking(split_.heldOut, inputs_);
  EXPECT_THAT(
      errorOf([&] { combine(stacking, split_.heldOut, whole_, inputs_); }),
      HasSubstr("are among the items to predict and among those that weights are fitted on; "
                "predict items that are not in the validation survey"));
  const Survey items = itemsToCombine(inputs_, split_.heldOut, {&split_.heldOut});
  EXPECT_EQ(items.items.size(), whole_.items.size() - split_.heldOut.items.size());
  EXPECT_NO_THROW(combine(stacking, split_.heldOut, items, inputs_));
}

TEST_F(Stacked, ItemsOfPredictionsKeepWhatIsKnownOfThem) {
  NamedPredictions input{"x", {}};
  input.predictions = makePredictions(
      {makePrediction("q1", "p1", {0.5, 0.5}), makePrediction("new", "stranger", {0.2, 0.3, 0.5})});
  Survey known = whole_;
  known.items.clear();
  const Survey items = itemsToCombine({input, input}, Survey{}, {&known});
  ASSERT_THAT(items.items, SizeIs(2));
  EXPECT_EQ(items.questions[0], whole_.questions[1]);
  EXPECT_EQ(items.populations[0], whole_.populations[1]);
  EXPECT_THAT(labelsOf(items.questions[1]), ElementsAre("A", "B", "C"));
}

TEST_F(Stacked, LeavesOutAndNamesWhatAnInputHasNotPredicted) {
  inputs_[1].predictions.predictions.erase(inputs_[1].predictions.predictions.begin());
  const Survey items = selectItems(whole_, {0, 1});
  Survey validation = whole_;
  validation.items.erase(validation.items.begin(), validation.items.begin() + 2);
  const CombinedPredictions combined =
      combine(fitStacking(validation, inputs_), validation, items, inputs_);
  EXPECT_THAT(combined.predictions.predictions, SizeIs(1));
  ASSERT_THAT(combined.skipped, SizeIs(1));
  EXPECT_EQ(combined.skipped[0].question + "/" + combined.skipped[0].population, "q0/p0");
  EXPECT_EQ(combined.skipped[0].reason, "bad: no prediction");
}

TEST_F(Stacked, TheHeaderSaysOfWhat) {
  const test::TemporaryFolder folder;
  const Stacking stacking = fitStacking(split_.heldOut, inputs_);
  const Predictions predictions =
      combine(stacking, split_.heldOut, split_.train, inputs_).predictions;
  writePredictions(predictions, folder.path() / "p.jsonl");
  const Predictions read = readPredictions(folder.path() / "p.jsonl");
  EXPECT_EQ(read.model, "combination");
  ASSERT_TRUE(read.pooled);
  EXPECT_EQ(*read.pooled, *predictions.pooled);
  EXPECT_EQ(read.pooled->pool, poolName(stacking.pool.kind));
  EXPECT_EQ(read.pooled->inputs[0].name, "good");
  EXPECT_EQ(read.pooled->inputs[0].weight, stacking.pool.weights[0]);
  EXPECT_EQ(read.pooled->validationItems, stacking.items);
}

TEST_F(Stacked, SaysWhatItNeeds) {
  EXPECT_EQ(errorOf([&] { fitStacking(split_.heldOut, {}); }),
            "there is nothing to combine; give predictions");
  EXPECT_EQ(errorOf([&] {
              fitStacking(selectItems(whole_, {0, 1, 2}), inputs_);
            }),
            "the validation items that all inputs have predicted cover 1 question: too few to fit "
            "weights on; give validation items from 5 or more questions");
}

// Three parts: to learn from, to fit weights on, to predict.
struct StackingParts {
  Survey training;
  Survey validation;
  Survey items;
};

StackingParts parts() {
  const Split outer = holdOutCells(wholeSurvey(), 0.2, 1);
  const Split inner = holdOutCells(outer.train, 0.3, 2);
  return {inner.train, inner.heldOut, outer.heldOut};
}

TEST(Learners, NeverSeeTheItemsThatTheyPredict) {
  const StackingParts honest = parts();
  Survey everything = wholeSurvey();  // as training: holds validation items and items to predict
  Survey validation = honest.validation;
  for (const Baseline& learner : baselines()) {
    if (learner.training != TrainingUse::required) continue;
    SCOPED_TRACE(learner.id);
    const auto without =
        predictForStacking(learner, honest.training, validation, honest.items, 0).predictions;
    const auto with =
        predictForStacking(learner, everything, validation, honest.items, 0).predictions;
    ASSERT_EQ(with.predictions.size(), validation.items.size() + honest.items.items.size());
    for (std::size_t i = 0; i < with.predictions.size(); ++i) {
      EXPECT_EQ(with.predictions[i].probabilities, without.predictions[i].probabilities);
    }
  }
}

TEST(Learners, LearnFromValidationItemsOnlyForOtherItems) {
  const StackingParts honest = parts();
  StackingParts changed = parts();
  for (Item& item : changed.validation.items) item.observed = Distribution{0.01, 0.99};
  const Baseline& learner = learnerNamed("best-linear");
  const auto first =
      predictForStacking(learner, honest.training, honest.validation, honest.items, 0);
  const auto second =
      predictForStacking(learner, changed.training, changed.validation, changed.items, 0);
  const std::size_t validationItems = honest.validation.items.size();
  for (std::size_t i = 0; i < first.predictions.predictions.size(); ++i) {
    const bool same = first.predictions.predictions[i].probabilities ==
                      second.predictions.predictions[i].probabilities;
    EXPECT_EQ(same, i < validationItems);
  }
}

TEST(Learners, AreNamed) {
  EXPECT_EQ(&learnerNamed("best-linear"), &learnerNamed("best_linear"));
  EXPECT_EQ(
      errorOf([] { learnerNamed("uniform"); }),
      "the baseline uniform learns from no items, and cannot be part of a combination; choose "
      "from question_mean, nearest_populations, low_rank, best_linear");
  EXPECT_THAT(errorOf([] { learnerNamed("lowrank"); }),
              testing::HasSubstr("did you mean \"low_rank\"?"));
}

}  // namespace
}  // namespace canvass
