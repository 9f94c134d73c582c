// Predictions of a small model: what holds of every answer, and what must not change one.
#include "engine/scoring/scorer.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "engine/small_world.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PredictOptions predictOptions(const std::string& templateName, const ForestOptions& forest = {}) {
  return {findTemplate(templateName), forest};
}

class Scorer : public ::testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() { model_ = new test::SmallModel(test::smallSurvey(), 8.0); }
  static void TearDownTestSuite() {
    delete model_;
    model_ = nullptr;
  }
  void TearDown() override { setThreads(0); }

  static const test::SmallModel& model() { return *model_; }
  Predictions ask(const Survey& asked, const ForestOptions& forest = {}) const {
    Progress progress;
    return predict(loaded, asked, predictOptions(GetParam(), forest), progress);
  }

  const Survey survey = test::smallSurvey();
  const LanguageModel loaded = model().load();

 private:
  static test::SmallModel* model_;
};

test::SmallModel* Scorer::model_ = nullptr;

INSTANTIATE_TEST_SUITE_P(Templates, Scorer, ::testing::Values("paper", "question-first"),
                         [](const auto& name) {
                           return std::string(name.param[0] == 'p' ? "paper" : "question_first");
                         });

// The greatest difference in any probability, logit or option mass.
double differenceOfAnswers(const Predictions& a, const Predictions& b) {
  EXPECT_EQ(a.predictions.size(), b.predictions.size());
  double greatest = 0.0;
  for (std::size_t i = 0; i < a.predictions.size(); ++i) {
    const Prediction& one = a.predictions[i];
    const Prediction& other = b.predictions.at(i);
    EXPECT_EQ(one.question, other.question);
    EXPECT_EQ(one.population, other.population);
    EXPECT_EQ(one.labels, other.labels);
    greatest = std::max(greatest, std::abs(*one.optionMass - *other.optionMass));
    for (std::size_t k = 0; k < one.labels.size(); ++k) {
      greatest = std::max(greatest, std::abs(one.probabilities[k] - other.probabilities.at(k)));
      greatest = std::max(greatest, std::abs(one.logits[k] - other.logits.at(k)));
    }
  }
  return greatest;
}

TEST_P(Scorer, AnswersEveryItemInOrder) {
  const Predictions result = ask(survey);
  EXPECT_EQ(result.model, model().folder().string());
  EXPECT_EQ(result.adapter, "");
  EXPECT_EQ(result.templateName, GetParam());
  EXPECT_EQ(result.precision, "fp32");
  ASSERT_THAT(result.predictions, SizeIs(survey.items.size()));
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Prediction& prediction = result.predictions[i];
    const Question& question = survey.questionOf(survey.items[i]);
    EXPECT_EQ(prediction.question, question.id);
    EXPECT_EQ(prediction.population, survey.populationOf(survey.items[i]).id);
    ASSERT_THAT(prediction.labels, SizeIs(question.options.size()));
    for (std::size_t k = 0; k < question.options.size(); ++k) {
      EXPECT_EQ(prediction.labels[k], question.options[k].label);
    }
  }
}

TEST_P(Scorer, ProbabilitiesAreTheSoftmaxOfTheLogits) {
  for (const Prediction& prediction : ask(survey).predictions) {
    double sum = 0.0;
    for (const double logit : prediction.logits) sum += std::exp(logit);
    double total = 0.0;
    for (std::size_t k = 0; k < prediction.logits.size(); ++k) {
      EXPECT_NEAR(prediction.probabilities[k], std::exp(prediction.logits[k]) / sum, 1e-12);
      total += prediction.probabilities[k];
    }
    EXPECT_NEAR(total, 1.0, 1e-12);
    EXPECT_GT(*prediction.optionMass, 0.0);
    EXPECT_LE(*prediction.optionMass, 1.0);
  }
}

// Otherwise the properties below would hold of anything.
TEST_P(Scorer, AnswersDifferBetweenPrompts) {
  const Predictions result = ask(survey);
  for (std::size_t i = 0; i + 1 < survey.items.size(); ++i) {
    const auto& one = result.predictions[i].logits;
    const auto& next = result.predictions[i + 1].logits;
    EXPECT_GT(std::max(std::abs(one[0] - next[0]), std::abs(one[1] - next[1])), 1e-3);
  }
  const auto& shares = result.predictions.back().probabilities;
  EXPECT_GT(*std::max_element(shares.begin(), shares.end()), 0.4);  // of three
}

TEST_P(Scorer, AnswersFollowOtherWordsThatOpenThem) {
  PredictOptions options = predictOptions(GetParam());
  const Predictions expected = ask(survey);
  options.answerPrefix = findTemplate(GetParam())
                             .render(survey.questions[0], survey.populations[0], survey.language)
                             .answerPrefix;
  Progress progress;
  EXPECT_LT(differenceOfAnswers(predict(loaded, survey, options, progress), expected), 1e-6);
  options.answerPrefix = " Well, (";
  const Predictions other = predict(loaded, survey, options, progress);
  EXPECT_GT(differenceOfAnswers(other, expected), 1e-3);
  EXPECT_EQ(other.reading, "first token after \" Well, (\"");
}

TEST_P(Scorer, OrderOfItemsDoesNotMatter) {
  const Predictions expected = ask(survey);
  RandomStream random(4, "permutation");
  for (int round = 0; round < 5; ++round) {
    std::vector<std::size_t> order(survey.items.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    random.shuffle(order);
    Survey permuted = survey;
    for (std::size_t i = 0; i < order.size(); ++i) permuted.items[i] = survey.items[order[i]];
    const Predictions shuffled = ask(permuted);
    Predictions back = shuffled;
    for (std::size_t i = 0; i < order.size(); ++i) {
      back.predictions[order[i]] = shuffled.predictions.at(i);
    }
    EXPECT_LT(differenceOfAnswers(back, expected), 1e-5);
  }
}

TEST_P(Scorer, BatchesAndThreadsDoNotMatter) {
  setThreads(1);
  const Predictions expected = ask(survey);
  for (const int threads : {1, 2}) {
    setThreads(threads);
    for (const std::size_t budget : {1, 64, 4096}) {
      for (const std::size_t minimum : {1, 8, 24, 1000}) {
        EXPECT_LT(differenceOfAnswers(ask(survey, {budget, minimum}), expected), 1e-5)
            << threads << " threads, budget " << budget << ", shared prefix " << minimum;
      }
    }
  }
}

// An answer does not depend on what else is asked.
TEST_P(Scorer, EveryItemAloneGetsTheSameAnswer) {
  const Predictions together = ask(survey);
  Predictions alone = together;
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    Survey one = survey;
    one.items = {survey.items[i]};
    alone.predictions[i] = ask(one).predictions.at(0);
  }
  EXPECT_LT(differenceOfAnswers(alone, together), 1e-5);
}

TEST_P(Scorer, TrainableWeightsGiveTheSameAnswers) {
  Progress progress;
  const LanguageModel trainable = model().load(true);
  const Predictions result = predict(trainable, survey, predictOptions(GetParam()), progress);
  EXPECT_LT(differenceOfAnswers(result, ask(survey)), 1e-4);
}

TEST_P(Scorer, ReadsNoObservedDistribution) {
  Survey blank = survey;
  for (Item& item : blank.items) item.observed.reset();
  EXPECT_EQ(differenceOfAnswers(ask(blank), ask(survey)), 0.0);
}

TEST_P(Scorer, NoItemsNoPredictions) {
  Survey empty = survey;
  empty.items.clear();
  EXPECT_THAT(ask(empty).predictions, IsEmpty());
}

TEST_P(Scorer, AStopKeepsWhatIsDone) {
  const Predictions whole = ask(survey);
  setThreads(1);  // several workers each finish the forest they are at
  for (const std::size_t updates : {0, 1, 3}) {
    test::StopAfter progress(updates);
    const Predictions part = predict(loaded, survey, predictOptions(GetParam(), {1, 24}), progress);
    EXPECT_THAT(part.predictions, SizeIs(updates));  // a budget of 1 is one prompt at a time
    std::size_t next = 0;                            // what is done is in the items' order too
    for (const Prediction& prediction : part.predictions) {
      while (next < whole.predictions.size() &&
             (whole.predictions[next].question != prediction.question ||
              whole.predictions[next].population != prediction.population)) {
        ++next;
      }
      ASSERT_LT(next, whole.predictions.size());
      EXPECT_NEAR(whole.predictions[next].logits[0], prediction.logits[0], 1e-5);
      ++next;
    }
  }
}

TEST_P(Scorer, ProgressCountsEveryItem) {
  struct Counter : Progress {
    void update(std::size_t done, std::size_t total, const std::string&) override {
      EXPECT_GE(done, last);
      EXPECT_EQ(total, 20U);
      last = done;
    }
    std::size_t last = 0;
  } progress;
  predict(loaded, survey, predictOptions(GetParam(), {64, 24}), progress);
  EXPECT_EQ(progress.last, survey.items.size());
}

TEST_P(Scorer, WhatCannotBeAskedIsAnError) {
  Survey duplicates = survey;
  duplicates.questions[0].options[1].label = "AB";  // its first token is the A of the other label
  EXPECT_THAT(test::errorOf([&] { ask(duplicates); }), HasSubstr("question work"));
  Survey french = survey;
  french.language = "fr";
  EXPECT_THAT(test::errorOf([&] { ask(french); }), HasSubstr(GetParam()));
  Progress progress;
  EXPECT_THAT(test::errorOf([&] { predict(loaded, survey, predictOptions("poem"), progress); }),
              HasSubstr("\"poem\""));
}

TEST(ScorerLimits, APromptLongerThanTheModelReadsIsNamed) {
  const test::SmallModel small;
  const auto path = small.folder() / "config.json";
  Json config = parseJson(readFile(path), "config.json");
  config["max_position_embeddings"] = 16;
  writeFileAtomically(path, config.dump());
  const LanguageModel model = small.load();
  Progress progress;
  const std::string message = test::errorOf(
      [&] { predict(model, test::smallSurvey(), predictOptions("paper"), progress); });
  EXPECT_THAT(message, HasSubstr("the model reads at most 16"));
  EXPECT_THAT(message, HasSubstr("question work, population Japan"));
}

}  // namespace
}  // namespace canvass
