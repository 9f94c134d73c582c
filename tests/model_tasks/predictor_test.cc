// Each kind of predictor, made of options, asked in the same way.
#include <numeric>

#include "base/file.h"
#include "engine/small_world.h"
#include "model_tasks/make_predictor.h"
#include "model_tasks/predict_to_file.h"
#include "model_tasks/single_question.h"
#include "model_tasks/small_models.h"
#include "prompt/template.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct PredictorCase {
  const char* name;
  PredictorOptions (*options)();
};

PredictorOptions decoderOptions() {
  PredictorOptions options;
  options.model.model = openModel(test::newModelFolder());
  options.forest.tokenBudget = 100;  // several forests
  return options;
}

class EveryPredictor : public testing::TestWithParam<PredictorCase> {
 protected:
  std::unique_ptr<ModelPredictor> made() const {
    return makePredictor(GetParam().options(), survey);
  }
  const Survey survey = test::drinksSurvey();
  const test::TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "predictions.jsonl";
};

INSTANTIATE_TEST_SUITE_P(Kinds, EveryPredictor,
                         testing::Values(PredictorCase{"firstToken", decoderOptions},
                                         PredictorCase{"text",
                                                       [] {
                                                         PredictorOptions options =
                                                             decoderOptions();
                                                         options.reading = AnswerReading::text;
                                                         options.samples = 3;
                                                         options.maximumTokens = 2;
                                                         return options;
                                                       }},
                                         PredictorCase{"encoder",
                                                       [] {
                                                         PredictorOptions options;
                                                         options.model.model =
                                                             openModel(test::scorerFolder());
                                                         return options;
                                                       }}),
                         [](const auto& one) { return one.param.name; });

TEST_P(EveryPredictor, PredictsEveryItemOnce) {
  const Predictions all = predictAll(*made(), survey);
  EXPECT_EQ(all.model, GetParam().options().model.model->describe());
  ASSERT_THAT(all.predictions, SizeIs(survey.items.size()));
  for (std::size_t i = 0; i < survey.items.size(); ++i) {
    const Prediction& one = all.predictions[i];
    EXPECT_EQ(one.question, survey.questionOf(survey.items[i]).id);
    EXPECT_EQ(one.population, survey.populationOf(survey.items[i]).id);
    if (!one.failure.empty()) continue;
    EXPECT_NEAR(std::accumulate(one.probabilities.begin(), one.probabilities.end(), 0.0), 1.0,
                1e-9);
  }
}

TEST_P(EveryPredictor, GoesOnWhereAnInterruptedRunEnded) {
  const auto predictor = made();
  const std::filesystem::path whole = folder.path() / "whole.jsonl";
  EXPECT_EQ(predictToFile(*predictor, survey, whole).resumed, 0u);
  for (const std::size_t updates : {0, 1}) {
    test::StopAfter stopping(updates);
    const bool stops = std::string(GetParam().name) != "encoder" || updates == 0;
    if (!stops) continue;  // it answers so few items at once
    EXPECT_THAT(errorOf([&] { predictToFile(*predictor, survey, file, stopping); }),
                HasSubstr("they are kept"));
    EXPECT_FALSE(std::filesystem::exists(file));
  }
  const PredictionRun run = predictToFile(*predictor, survey, file);
  EXPECT_EQ(run.items, survey.items.size());
  EXPECT_LT(run.resumed, run.items);
  const Predictions once = readPredictions(whole), again = readPredictions(file);
  for (std::size_t i = 0; i < once.predictions.size(); ++i) {
    const Distribution& shares = once.predictions[i].probabilities;
    ASSERT_EQ(again.predictions[i].probabilities.size(), shares.size());
    for (std::size_t k = 0; k < shares.size(); ++k) {
      EXPECT_NEAR(again.predictions[i].probabilities[k], shares[k], 1e-5);
    }
  }
}

TEST_P(EveryPredictor, DoesNotGoOnAfterAnother) {
  test::StopAfter atOnce(0);
  EXPECT_THAT(errorOf([&] { predictToFile(*made(), survey, file, atOnce); }),
              HasSubstr("they are kept"));
  PredictorOptions other = decoderOptions();
  other.templateName = "qa";
  EXPECT_THAT(errorOf([&] { predictToFile(*makePredictor(other, survey), survey, file); }),
              HasSubstr("an unfinished run, from which this one differs in: "));
}

// What would mix two ways of asking in one file is refused by name.
TEST_P(EveryPredictor, DoesNotGoOnWithOtherWords) {
  test::StopAfter atOnce(0);
  errorOf([&] { predictToFile(*made(), survey, file, atOnce); });
  const std::string before = readFile(file.string() + ".partial");
  Survey reworded = survey;
  reworded.questions[0].options[0].text += "!";
  Survey renamed = survey;
  renamed.populations[0].phrase += " or so";
  for (const Survey& other : {reworded, renamed}) {
    EXPECT_THAT(errorOf([&] { predictToFile(*made(), other, file); }),
                HasSubstr("differs in: words of the survey;"));
  }
  Survey observedAnew = survey;
  observedAnew.items[0].observed.reset();
  EXPECT_EQ(readFile(file.string() + ".partial"), before);
  EXPECT_NO_THROW(predictToFile(*made(), observedAnew, file))
      << "what was observed does not matter";
}

TEST(Predictors, NameWhatAnUnfinishedRunAskedOtherwise) {
  const Survey survey = test::drinksSurvey();
  const test::TemporaryFolder folder;
  const std::string text(templateText("qa"));
  const auto options = [&](const std::string& templateText) {
    PredictorOptions made = decoderOptions();
    made.templateName = folder.write("own.toml", templateText).string();
    made.model.chat = folder.write("chat.jinja", "{{ messages[0]['content'] }}").string();
    return made;
  };
  const std::filesystem::path file = folder.path() / "predictions.jsonl";
  test::StopAfter atOnce(0);
  errorOf([&] { predictToFile(*makePredictor(options(text), survey), survey, file, atOnce); });
  const auto messageOf = [&](const PredictorOptions& made) {
    return errorOf([&] { predictToFile(*makePredictor(made, survey), survey, file); });
  };
  EXPECT_THAT(messageOf(options(text + "\n# otherwise\n")),
              HasSubstr("differs in: text of the template;"));
  PredictorOptions otherChat = options(text);
  folder.write("chat.jinja", "{{ messages[0]['content'] }} ");
  EXPECT_THAT(messageOf(otherChat), HasSubstr("differs in: chat format;"));
  PredictorOptions otherPrefix = options(text);
  otherPrefix.answerPrefix = " [";
  EXPECT_THAT(messageOf(otherPrefix), HasSubstr("way of writing;"));
}

TEST_P(EveryPredictor, AnswersOneQuestion) {
  const Survey one = surveyOf({"Japan", "", "How often do you drink tea?", {"Often", "Never"}});
  EXPECT_EQ(one.populations[0].phrase, "someone from Japan");
  PredictorOptions options = GetParam().options();
  if (options.reading == AnswerReading::text) return;  // an untrained one writes no answer
  const Prediction answer = askOne(*makePredictor(options, one), one, noProgress());
  EXPECT_THAT(answer.probabilities, SizeIs(2));
}

TEST(Predictors, AnEncoderReadsNeitherTemplateNorPrefix) {
  PredictorOptions options;
  options.model.model = openModel(test::scorerFolder());
  const auto predictor = makePredictor(options, test::drinksSurvey());
  EXPECT_THAT(errorOf([&] { predictor->askedOtherwise("qa", ""); }), HasSubstr("--template"));
  EXPECT_THAT(errorOf([&] { predictor->askedOtherwise("", " ("); }), HasSubstr("--prefixes"));
}

TEST(Predictors, ADecoderIsAskedOtherwiseWithoutLoadingItAgain) {
  const auto predictor = makePredictor(decoderOptions(), test::drinksSurvey());
  EXPECT_EQ(predictor->askedOtherwise("qa", "")->source().templateName, "qa");
  EXPECT_THAT(predictor->askedOtherwise("", " My answer is (")->source().reading,
              HasSubstr("My answer is ("));
  EXPECT_EQ(predictor->source().templateName, "paper");
}

TEST(Predictors, AnEncoderWithoutAHeadIsRefused) {
  PredictorOptions options;
  options.model.model = openModel(test::encoderFolder());
  EXPECT_THAT(errorOf([&] { makePredictor(options, test::drinksSurvey()); }),
              HasSubstr("has not been trained to score options"));
}

TEST(Predictors, KeepWhatWasWrittenAndSayWhereTheTimeGoes) {
  const Survey survey = test::drinksSurvey();
  const test::TemporaryFolder folder;
  PredictorOptions options = decoderOptions();
  options.timing = true;
  const PredictionRun timed =
      predictToFile(*makePredictor(options, survey), survey, folder.path() / "timed.jsonl");
  ASSERT_TRUE(timed.work.timing);
  EXPECT_GT(timed.work.timing->bareRate, 0.0);
  options.timing = false;
  options.reading = AnswerReading::text;
  options.samples = 2;
  options.texts = folder.path() / "texts.jsonl";
  const PredictionRun written =
      predictToFile(*makePredictor(options, survey), survey, folder.path() / "written.jsonl");
  EXPECT_FALSE(written.work.timing);
  const std::string texts = readFile(options.texts);
  EXPECT_EQ(static_cast<std::size_t>(std::count(texts.begin(), texts.end(), '\n')),
            2 * survey.items.size());
}

TEST(SingleQuestionAsked, HasALabelForEachOption) {
  SingleQuestion asked{"中国", "", "幸福吗", {}, "zh"};
  asked.options.assign(201, "Yes");
  EXPECT_THAT(errorOf([&] { surveyOf(asked); }),
              HasSubstr("201 options, but there can be at most 200"));
  asked.options = {"是", "否"};
  EXPECT_EQ(surveyOf(asked).populations[0].phrase, "来自中国的人");
  EXPECT_EQ(labelsOf(surveyOf(asked).questions[0]), (std::vector<std::string>{"A", "B"}));
}

}  // namespace
}  // namespace canvass
