#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "confidence/auxiliary_model.h"
#include "confidence/confidence_scores.h"
#include "stats/metrics.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::HasSubstr;

const Json& golden() {
  static const Json read = [] {
    const auto path = sourceFolder() / "tests/confidence/golden/confidence.json";
    return parseJson(readFile(path), path.string());
  }();
  return read;
}

TEST(LogisticRegression, EqualsScikitLearns) {
  for (const Json& one : golden()["regressions"]) {
    std::vector<AnswerFeatures::Row> rows;
    for (const Json& values : one["rows"]) {
      auto& row = rows.emplace_back();
      for (std::size_t c = 0; c < values.size(); ++c) {
        if (values[c].get<double>() != 0.0) row.emplace_back(c, values[c].get<double>());
      }
    }
    const LogisticModel model =
        fitLogistic(rows, one["targets"].get<std::vector<double>>(), 5, one["ridge"].get<double>());
    EXPECT_NEAR(model.intercept, one["intercept"].get<double>(), 1e-5);
    for (std::size_t c = 0; c < 5; ++c) {
      EXPECT_NEAR(model.weights[c], one["weights"][c].get<double>(), 1e-5);
    }
  }
}

TEST(LogisticRegression, TargetsThatAreAllEqualAreNoFailure) {
  const std::vector<AnswerFeatures::Row> rows(5, {{0, 1.0}});
  const LogisticModel model = fitLogistic(rows, std::vector<double>(5, 1.0), 1, 1.0);
  EXPECT_GT(model.probability(rows[0]), 0.99);
  EXPECT_LE(model.probability(rows[0]), 1.0);
}

TEST(ConfidenceScores, EqualScikitLearns) {
  for (const Json& one : golden()["scores"]) {
    const ConfidenceScores scores = scoreConfidences(one["confidences"].get<std::vector<double>>(),
                                                     one["trusted"].get<std::vector<bool>>());
    EXPECT_NEAR(scores.brier, one["brier"].get<double>(), 1e-12);
    EXPECT_NEAR(scores.calibrationError, one["ece"].get<double>(), 1e-12);
    EXPECT_NEAR(*scores.auroc, one["auroc"].get<double>(), 1e-12);
  }
}

TEST(ConfidenceScores, OfNothingAndOfOneKind) {
  EXPECT_EQ(scoreConfidences({}, {}).items, 0u);
  EXPECT_FALSE(scoreConfidences({0.2, 0.4}, {true, true}).auroc);
}

// A predictor that is right about tea and wrong about work, of questions with words of their own.
struct Simulated {
  Survey survey = makeSurvey({}, {"a", "b", "c", "d"});
  Predictions predictions;

  explicit Simulated(std::size_t from, std::size_t to) {
    RandomStream random(3, "simulated");
    for (std::size_t q = from; q < to; ++q) {
      const bool tea = q % 2 == 0;
      survey.questions.push_back(makeQuestion("q" + std::to_string(q), 3));
      survey.questions.back().text =
          (tea ? "How much tea do you drink, kind " : "How hard do you work, job ") +
          std::to_string(q);
      for (std::size_t p = 0; p < 4; ++p) {
        const double share = 0.5 + 0.3 * random.uniform();
        addItem(survey, q - from, p, {share, 0.9 - share, 0.1});
        const double shown = tea ? share : 0.1;
        predictions.predictions.push_back(makePrediction(
            survey.questions.back().id, survey.populations[p].id, {shown, 0.9 - shown, 0.1}));
      }
    }
  }
};

// How well a model tells which of the simulated answers can be trusted.
ConfidenceScores judge(const AuxiliaryModel& model, const Simulated& simulated) {
  std::vector<AnswerText> answers;
  std::vector<bool> trusted;
  for (std::size_t i = 0; i < simulated.survey.items.size(); ++i) {
    const Item& item = simulated.survey.items[i];
    const Distribution& predicted = simulated.predictions.predictions[i].probabilities;
    answers.push_back(answerText(simulated.survey.questionOf(item),
                                 simulated.survey.populationOf(item), predicted));
    trusted.push_back(1.0 - jsSimilarity(*item.observed, predicted) <= model.threshold());
  }
  return scoreConfidences(model.confidencesIn(answers), trusted);
}

TEST(AuxiliaryModel, LearnsWhatAnAnswerIsAboutThatCannotBeTrusted) {
  const Simulated known(0, 20), others(20, 40);
  const AuxiliaryModel model(known.survey, known.predictions);
  EXPECT_EQ(model.items(), 80u);
  const ConfidenceScores scores = judge(model, others);
  EXPECT_GT(*scores.auroc, 0.99);
  EXPECT_LT(scores.brier, scores.brierOfConstant);
}

// An encoder to which only tea matters, however it is called: no word in common is needed.
struct TeaEncoder : TextEmbedder {
  std::vector<std::vector<float>> embed(const std::vector<std::string>& texts) const override {
    std::vector<std::vector<float>> vectors;
    for (const std::string& text : texts) {
      const bool tea =
          text.find("tea") != std::string::npos || text.find("brew") != std::string::npos;
      vectors.push_back(tea ? std::vector<float>{1.0F, 0.0F} : std::vector<float>{0.0F, 1.0F});
    }
    return vectors;
  }
};

TEST(AuxiliaryModel, LearnsFromWhatAnEncoderMakesOfTexts) {
  Simulated known(0, 20), others(20, 40);
  for (Survey* survey : {&known.survey, &others.survey}) {
    for (Question& question : survey->questions) {
      const bool tea = question.text.find("tea") != std::string::npos;
      // The option on top has the same words everywhere: nothing is to be learned from it.
      if (!tea) std::swap(question.options[0].text, question.options[1].text);
      if (survey == &others.survey) question.text = tea ? "A brew?" : "Labour?";
    }
  }
  const AuxiliaryModel words(known.survey, known.predictions);
  EXPECT_LT(*judge(words, others).auroc, 0.8);
  const AuxiliaryModel meaning(known.survey, known.predictions, 0, std::make_shared<TeaEncoder>());
  EXPECT_GT(*judge(meaning, others).auroc, 0.99);
}

// It sees texts alone: another distribution with the same option on top changes nothing.
TEST(AuxiliaryModel, DoesNotSeeHowSureAnAnswerIs) {
  const Simulated known(0, 20);
  const AuxiliaryModel model(known.survey, known.predictions);
  const Question& question = known.survey.questions[0];
  const Population& population = known.survey.populations[0];
  const auto both = model.confidencesIn({answerText(question, population, {0.5, 0.3, 0.2}),
                                         answerText(question, population, {0.9, 0.1, 0.0})});
  EXPECT_EQ(both[0], both[1]);
}

TEST(AuxiliaryModel, NeedsEnoughToLearnFrom) {
  const Simulated few(0, 4);
  EXPECT_THAT(errorOf([&] { AuxiliaryModel(few.survey, few.predictions); }),
              HasSubstr("only 16 items"));
  Simulated narrow(0, 20);
  for (Item& item : narrow.survey.items) {
    if (item.question > 3) item.observed.reset();
  }
  EXPECT_THAT(errorOf([&] { AuxiliaryModel(narrow.survey, narrow.predictions); }),
              HasSubstr("only 16 items"));
}

}  // namespace
}  // namespace canvass
