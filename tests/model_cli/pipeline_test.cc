// The verbs one after the other, as a user runs them, on a survey that a tiny model can learn.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "base/file.h"
#include "base/json.h"
#include "predictions/predictions.h"
#include "support/program.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// 6 questions in 8 countries, whose answers differ.
Survey teaSurvey() {
  Survey survey;
  survey.name = "tea";
  const char* const countries[] = {"Japan", "Peru",  "Kenya",  "Egypt",
                                   "Chile", "India", "Serbia", "Iran"};
  for (const char* country : countries) {
    survey.populations.push_back(
        {country, country, fmt::format("someone from {}", country), {{"country", country}}});
  }
  const char* const drinks[] = {"tea", "coffee", "milk", "water", "juice", "wine"};
  for (std::size_t q = 0; q < std::size(drinks); ++q) {
    survey.questions.push_back({drinks[q],
                                fmt::format("How often do you drink {}?", drinks[q]),
                                "drinks",
                                {{"A", "Often", {}}, {"B", "Rarely", {}}, {"C", "Never", {}}},
                                Scale::ordinal,
                                {}});
    for (std::size_t p = 0; p < std::size(countries); ++p) {
      const double often = 0.1 + 0.05 * static_cast<double>((3 * q + 5 * p) % 13);
      survey.items.push_back({q, p, Distribution{often, 0.9 - often, 0.1}, 1000.0, {}});
    }
  }
  return survey;
}

// The folder in which a test's user works: survey, parts and an untrained model are there.
class Pipeline : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new test::TemporaryFolder();
    writeSurvey(teaSurvey(), at("survey.jsonl"));
    outputOf({"split", at("survey.jsonl"), "--hold-out-cells", "0.25", "--seed", "3", "-o",
              at("split")});
    outputOf({"init", "--survey", at("survey.jsonl"), "--size", "tiny", "-o", at("model")});
    outputOf({"train", "--preset", "new-model", "--epochs", "30", "--batch-size", "12", "--model",
              at("model"), "--survey", at("split/train.jsonl"), "--valid",
              at("split/held-out.jsonl"), "-o", at("trained")});
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }

  static std::string at(const std::string& name) { return (folder_->path() / name).string(); }
  static Json jsonOf(const std::string& name) { return parseJson(readFile(at(name)), name); }
  static Json jsonOutputOf(const std::vector<std::string>& arguments) {
    return parseJson(outputOf(arguments), arguments.front());
  }

  static void predict(const std::vector<std::string>& model, const std::string& output,
                      std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"predict", "--items", at("split/held-out.jsonl"), "-o",
                                          at(output)};
    arguments.insert(arguments.end(), model.begin(), model.end());
    arguments.insert(arguments.end(), more.begin(), more.end());
    outputOf(arguments);
  }

  static test::TemporaryFolder* folder_;
};

test::TemporaryFolder* Pipeline::folder_ = nullptr;

TEST_F(Pipeline, SplitHoldsOutEveryItemOnce) {
  EXPECT_THAT(readSurvey(at("split/train.jsonl")).items, SizeIs(36));
  EXPECT_THAT(readSurvey(at("split/held-out.jsonl")).items, SizeIs(12));
}

TEST_F(Pipeline, DescribeCountsWhatIsThere) {
  const Json summary = jsonOutputOf({"describe", at("survey.jsonl"), "--json"});
  EXPECT_EQ(summary["questions"], 6);
  EXPECT_EQ(summary["populations"], 8);
  EXPECT_EQ(summary["items"], 48);
}

TEST_F(Pipeline, TrainRecordsTheRun) {
  const Json run = jsonOf("trained/run.json");
  EXPECT_EQ(run["settings"]["method"], "full");
  EXPECT_EQ(run["settings"]["epochs"], 30);
  EXPECT_EQ(run["result"]["trained_items"], 36);
  EXPECT_THAT(run["data"]["train"].front().get<std::string>(), SizeIs(64));
  EXPECT_THAT(run["model"]["sha256"]["model.safetensors"].get<std::string>(), SizeIs(64));
  const std::string history = readFile(at("trained/history.jsonl"));
  EXPECT_EQ(std::count(history.begin(), history.end(), '\n'), 30);
}

TEST_F(Pipeline, SharesOfTheTimeOfTrainingAddUp) {
  // 36 items: the second update is too small for two workers.
  outputOf({"train", "--preset", "new-model", "--epochs", "2", "--batch-size", "32", "--threads",
            "2", "--model", at("model"), "--survey", at("split/train.jsonl"), "-o", at("uneven")});
  std::istringstream history(readFile(at("uneven/history.jsonl")));
  for (std::string line; std::getline(history, line);) {
    const Json work = Json::parse(line)["work"];
    double sum = 0.0;
    for (const char* part : {"product_share", "attention_share", "rest_share"}) {
      EXPECT_GE(work[part].get<double>(), 0.0) << line;
      sum += work[part].get<double>();
    }
    EXPECT_DOUBLE_EQ(sum, 1.0) << line;
    EXPECT_EQ(work["workers"], 2);
  }
}

TEST_F(Pipeline, KeptEpochsStandBesideTheStateOfTheRun) {
  outputOf({"train", "--preset", "new-model", "--epochs", "2", "--keep-epochs", "--model",
            at("model"), "--survey", at("split/train.jsonl"), "-o", at("kept")});
  for (const char* file :
       {"epoch-1/model.safetensors", "epoch-2/model.safetensors", "state.safetensors"}) {
    EXPECT_TRUE(std::filesystem::exists(folder_->path() / "kept" / "checkpoints" / file)) << file;
  }
}

TEST_F(Pipeline, AnEncodersRunSaysItsDropoutAndNoTemplate) {
  const auto encoder = test::sourceFolder() / "tests" / "golden" / "encoders" / "bert";
  outputOf({"train", "--preset", "encoder", "--epochs", "2", "--dropout", "0.25", "--model",
            encoder.string(), "--survey", at("split/train.jsonl"), "-o", at("scorer")});
  const Json settings = jsonOf("scorer/run.json")["settings"];
  EXPECT_EQ(settings["method"], "head");
  EXPECT_EQ(settings["dropout"], 0.25);
  EXPECT_FALSE(settings.contains("template"));
}

TEST_F(Pipeline, TrainedModelAnswersBetterThanTheNewOne) {
  predict({"--model", at("model"), "--template", "question-first"}, "before.jsonl");
  predict({"--model", at("trained")}, "after.jsonl");
  const Json both = jsonOutputOf({"evaluate", "--survey", at("split/held-out.jsonl"), "--train",
                                  at("split/train.jsonl"), "--predictions", at("before.jsonl"),
                                  at("after.jsonl"), "--json"});
  ASSERT_THAT(both, SizeIs(2));
  EXPECT_EQ(both[1]["items"], 12);
  EXPECT_GT(both[1]["metrics"]["js_similarity"].get<double>(),
            both[0]["metrics"]["js_similarity"].get<double>() + 0.02);
  EXPECT_TRUE(both[1]["baselines"].contains("nearest_populations"));
}

TEST_F(Pipeline, EvaluateShowsTheBaselinesBeside) {
  predict({"--model", at("trained")}, "shown.jsonl");
  const std::string table = outputOf({"evaluate", "--survey", at("split/held-out.jsonl"), "--train",
                                      at("split/train.jsonl"), "--predictions", at("shown.jsonl"),
                                      "--json", at("shown.json")});
  for (const char* words :
       {"JS similarity", "uniform", "question", "nearest", "ceiling", "respondents"}) {
    EXPECT_THAT(table, HasSubstr(words));
  }
  EXPECT_EQ(jsonOf("shown.json")["items"], 12);
}

TEST_F(Pipeline, PredictUsesTheTemplateOfTheTraining) {
  predict({"--model", at("trained")}, "template.jsonl");
  EXPECT_EQ(readPredictions(at("template.jsonl")).templateName, "question-first");
}

TEST_F(Pipeline, PredictReadsTexts) {
  predict({"--model", at("trained")}, "written.jsonl",
          {"--read", "text", "--samples", "5", "--max-tokens", "2", "--seed", "1", "--texts",
           at("texts.jsonl")});
  const Predictions written = readPredictions(at("written.jsonl"));
  EXPECT_THAT(written.reading, HasSubstr("5 texts of up to 2 tokens at temperature 1, seed 1"));
  for (const Prediction& prediction : written.predictions) {
    ASSERT_TRUE(prediction.sampled);
    EXPECT_EQ(
        prediction.sampled->chosen + prediction.sampled->refused + prediction.sampled->unmatched,
        5u);
  }
  const std::string texts = readFile(at("texts.jsonl"));
  EXPECT_EQ(std::count(texts.begin(), texts.end(), '\n'), 60);
  EXPECT_FALSE(std::filesystem::exists(at("texts.jsonl.partial")));
}

TEST_F(Pipeline, PredictShowsEvidence) {
  predict({"--model", at("trained")}, "shown-evidence.jsonl",
          {"--template", "few-shot", "--evidence", at("split/train.jsonl")});
  const Predictions shown = readPredictions(at("shown-evidence.jsonl"));
  EXPECT_THAT(shown.predictions, SizeIs(12));
  EXPECT_EQ(shown.evidence, at("split/train.jsonl"));
}

TEST_F(Pipeline, ProbesAskInOtherWays) {
  for (const std::vector<std::string>& probe :
       std::vector<std::vector<std::string>>{{"order"},
                                             {"first"},
                                             {"reversed"},
                                             {"labels"},
                                             {"population"},
                                             {"wording", "--wording", at("survey.jsonl")},
                                             {"prefix", "--prefixes", " 答案(", " 回答("},
                                             {"template", "--templates", "qa", "bio"}}) {
    std::vector<std::string> arguments = {"probe"};
    arguments.insert(arguments.end(), probe.begin(), probe.end());
    for (const std::string& more :
         {std::string("--model"), at("trained"), std::string("--items"), at("split/held-out.jsonl"),
          std::string("--resamples"), std::string("40"), std::string("-o"),
          at("probe-" + probe[0])}) {
      arguments.push_back(more);
    }
    EXPECT_THAT(outputOf(arguments), HasSubstr("changes  moved")) << probe[0];
    const Json result = jsonOf("probe-" + probe[0] + "/probe.json");
    EXPECT_EQ(result["original"]["items"], 12) << probe[0];
    ASSERT_FALSE(result["variants"].empty()) << probe[0];
    EXPECT_TRUE(result["variants"][0]["differences"].contains("js_similarity")) << probe[0];
    EXPECT_EQ(readPredictions(at("probe-" + probe[0] + "/original.jsonl")).predictions.size(), 12u);
  }
  // Ways of asking whose files would be called the same have one each: with the original, three.
  const std::filesystem::directory_iterator files(at("probe-prefix"));
  EXPECT_EQ(std::count_if(begin(files), end(files),
                          [](const auto& file) { return file.path().extension() == ".jsonl"; }),
            3);
  // The very same words change nothing.
  EXPECT_EQ(jsonOf("probe-wording/probe.json")["variants"][0]["flips"], 0.0);
  EXPECT_LT(jsonOf("probe-wording/probe.json")["variants"][0]["js_distance"].get<double>(), 1e-6);
  EXPECT_EQ(readPredictions(at("probe-order/averaged.jsonl")).predictions.size(), 12u);
  EXPECT_EQ(readPredictions(at("probe-order/contextual.jsonl")).predictions.size(), 12u);
}

TEST_F(Pipeline, WaysOfAskingThatDoNotFitAreRefused) {
  const struct {
    std::vector<std::string> options;
    const char* message;
  } cases[] = {
      {{"--template", "few-shot"}, "--evidence SURVEY"},
      {{"--template", "paper", "--evidence", at("split/train.jsonl")}, "shows no evidence"},
      {{"--template", "paper", "--encoder", at("trained")}, "there is no evidence to find"},
      {{"--template", "verbalised", "--read", "text"}, "read for its percentages"},
      {{"--template", "reasoning", "--read", "text"}, "after its thoughts"},
      {{"--template", "paper", "--texts", at("none.jsonl")}, "the first token is read"},
  };
  for (const auto& [options, message] : cases) {
    std::vector<std::string> arguments = {
        "predict", "--model",          at("trained"), "--items", at("split/held-out.jsonl"),
        "-o",      at("refused.jsonl")};
    arguments.insert(arguments.end(), options.begin(), options.end());
    const test::Finished finished = test::runProgram(arguments);
    EXPECT_EQ(finished.exitCode, 1);
    EXPECT_THAT(finished.errors, HasSubstr(message));
    EXPECT_FALSE(std::filesystem::exists(at("refused.jsonl")));
  }
}

TEST_F(Pipeline, ANewModelIsTrainedWithItsOwnSettings) {
  const Finished plain = runProgram({"train", "--model", at("model"), "--survey",
                                     at("split/train.jsonl"), "--epochs", "1", "-o", at("plain")});
  EXPECT_EQ(plain.exitCode, 0);
  EXPECT_THAT(plain.errors, HasSubstr("settings of --preset new-model"));
  EXPECT_EQ(jsonOf("plain/run.json")["settings"]["method"], "full");
  EXPECT_EQ(jsonOf("plain/run.json")["settings"]["learning_rate"], 3e-3);
  outputOf({"train", "--model", at("model"), "--preset", "adapter", "--survey",
            at("split/train.jsonl"), "--epochs", "1", "-o", at("as-told")});
  EXPECT_EQ(jsonOf("as-told/run.json")["settings"]["method"], "lora");
}

TEST_F(Pipeline, AdapterIsTrainedAndUsed) {
  outputOf({"train", "--model", at("trained"), "--template", "question-first", "--survey",
            at("split/train.jsonl"), "--epochs", "2", "--rank", "4", "--alpha", "8", "--targets",
            "q_proj,v_proj,down_proj", "-o", at("adapter")});
  EXPECT_EQ(jsonOf("adapter/adapter_config.json")["r"], 4);
  predict({"--model", at("trained")}, "without.jsonl");
  predict({"--model", at("trained"), "--adapter", at("adapter")}, "with.jsonl");
  EXPECT_NE(readPredictions(at("with.jsonl")).predictions[0].logits,
            readPredictions(at("without.jsonl")).predictions[0].logits);
}

TEST_F(Pipeline, SameSeedGivesTheSameBytes) {
  for (const char* run : {"first", "second"}) {
    outputOf({"train", "--model", at("trained"), "--survey", at("split/train.jsonl"), "--epochs",
              "2", "--seed", "5", "--threads", "1", "-o", at(run)});
  }
  EXPECT_EQ(readFile(at("first/adapter_model.safetensors")),
            readFile(at("second/adapter_model.safetensors")));
}

TEST_F(Pipeline, AskDrawsTheAnswer) {
  const std::string answer = outputOf({"ask", "--model", at("trained"), "--population", "Japan",
                                       "--question", "How often do you drink tea?", "--option",
                                       "Often", "--option", "Rarely", "--option", "Never"});
  for (const char* words : {"Japan", "How often do you drink tea?", "Rarely", "%"}) {
    EXPECT_THAT(answer, HasSubstr(words));
  }
}

TEST_F(Pipeline, AskAnswersInJson) {
  const Json answer = jsonOutputOf({"ask", "--model", at("trained"), "--population", "Japan",
                                    "--question", "How often do you drink tea?", "--option",
                                    "Often", "--option", "Never", "--json"});
  double sum = 0.0;
  for (const Json& option : answer["options"]) sum += option["probability"].get<double>();
  EXPECT_THAT(answer["options"], SizeIs(2));
  EXPECT_NEAR(sum, 1.0, 1e-6);
}

TEST_F(Pipeline, InitDoesNotOverwriteAModel) {
  const Finished again =
      runProgram({"init", "--survey", at("survey.jsonl"), "--size", "tiny", "-o", at("model")});
  EXPECT_EQ(again.exitCode, 1);
  EXPECT_THAT(again.errors, HasSubstr("there is already a model in this folder"));
}

TEST_F(Pipeline, InterruptedTrainingLeavesWholeFiles) {
  test::Program training({"train", "--preset", "new-model", "--epochs", "100000", "--model",
                          at("model"), "--survey", at("split/train.jsonl"), "-o",
                          at("interrupted")});
  while (training.isRunning() && !std::filesystem::exists(at("interrupted/history.jsonl"))) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  training.interrupt();
  const Finished finished = training.finish();
  EXPECT_THAT(finished.errors, HasSubstr("interrupted"));
  EXPECT_EQ(jsonOf("interrupted/run.json")["result"]["interrupted"], true);
  predict({"--model", at("interrupted")}, "interrupted.jsonl");
  EXPECT_THAT(readPredictions(at("interrupted.jsonl")).predictions, SizeIs(12));
}

}  // namespace
}  // namespace canvass
