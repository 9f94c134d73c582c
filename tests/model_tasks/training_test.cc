#include <nlohmann/json.hpp>

#include "base/file.h"
#include "engine/new_model.h"
#include "engine/small_world.h"
#include "model_tasks/small_models.h"
#include "model_tasks/training_run.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::HasSubstr;

std::string presetOf(const std::filesystem::path& model,
                     std::optional<TrainingMethod> method = std::nullopt) {
  TrainingChoice choice;
  choice.model.model = openModel(model);
  choice.method = method;
  return planTraining(choice).preset->name;
}

TEST(TrainingPlan, SettingsAreThoseForWhatTheFolderHolds) {
  const test::TemporaryFolder nothingKnown;
  EXPECT_EQ(presetOf(nothingKnown.path()), "adapter");
  EXPECT_EQ(presetOf(test::newModelFolder()), "new-model");
  EXPECT_EQ(presetOf(test::newModelFolder(), TrainingMethod::full), "new-model");
  EXPECT_EQ(presetOf(test::newModelFolder(), TrainingMethod::lora), "adapter");
  EXPECT_EQ(presetOf(test::encoderFolder()), "encoder");
  EXPECT_EQ(presetOf(test::encoderFolder(), TrainingMethod::full), "encoder-whole");
}

TEST(TrainingPlan, WhatIsGivenWins) {
  TrainingChoice choice;
  choice.model.model = openModel(test::newModelFolder());
  choice.epochs = 3;
  TrainingPlan plan = planTraining(choice);
  EXPECT_EQ(plan.method, TrainingMethod::full);
  EXPECT_EQ(plan.options.epochs, 3u);
  EXPECT_EQ(plan.options.learningRate, 3e-3);
  EXPECT_EQ(plan.options.asking->name(), "question-first");
  choice.preset = "adapter";
  plan = planTraining(choice);
  EXPECT_EQ(plan.method, TrainingMethod::lora);
  EXPECT_EQ(plan.options.learningRate, TrainOptions().learningRate);
  EXPECT_EQ(plan.adapter->rank, 8);
  EXPECT_EQ(plan.adapter->targets, (std::vector<std::string>{"q_proj", "v_proj"}));
  EXPECT_EQ(plan.adapter->dropout, 0.05);
}

const std::vector<std::pair<std::string, void (*)(TrainingChoice&)>> trainingOptions = {
    {"--precision", [](TrainingChoice& choice) { choice.model.precision = "fp32"; }},
    {"--chat", [](TrainingChoice& choice) { choice.model.chat = "none"; }},
    {"--device", [](TrainingChoice& choice) { choice.model.device = "cpu"; }},
    {"--template", [](TrainingChoice& choice) { choice.templateName = "paper"; }},
    {"--token-budget", [](TrainingChoice& choice) { choice.forest.tokenBudget = 9; }},
    {"--minimum-shared-prefix",
     [](TrainingChoice& choice) { choice.forest.minimumSharedPrefix = 9; }},
    {"--recompute", [](TrainingChoice& choice) { choice.recompute = true; }},
    {"--rank", [](TrainingChoice& choice) { choice.rank = 4; }},
    {"--alpha", [](TrainingChoice& choice) { choice.alpha = 4.0; }},
    {"--targets", [](TrainingChoice& choice) { choice.targets = {"q_proj"}; }},
    {"--dropout", [](TrainingChoice& choice) { choice.dropout = 0.1; }},
    {"--shift-weight", [](TrainingChoice& choice) { choice.shiftWeight = 2.0; }},
    {"--epoch-decay", [](TrainingChoice& choice) { choice.epochDecay = 0.5; }},
    {"--patience", [](TrainingChoice& choice) { choice.patience = 2; }},
    {"--epochs", [](TrainingChoice& choice) { choice.epochs = 2; }},
    {"--run-length", [](TrainingChoice& choice) { choice.runLength = 2; }},
};

TEST(TrainingPlan, OptionsThatDoNothingAreRefusedByName) {
  const struct {
    void (*choose)(TrainingChoice&);
    std::string refused;
  } cases[] = {
      {[](TrainingChoice& choice) { choice.model.model = openModel(test::encoderFolder()); },
       "--precision --chat --device --template --token-budget --minimum-shared-prefix --recompute "
       "--rank --alpha --targets --shift-weight --epoch-decay --patience "},
      {[](TrainingChoice& choice) { choice.method = TrainingMethod::full; },
       "--rank --alpha --targets --dropout --shift-weight --epoch-decay --patience "},
      {[](TrainingChoice&) {}, "--shift-weight --epoch-decay --patience "},
      {[](TrainingChoice& choice) {
         choice.schedule = Schedule::step;
         choice.loss = LossKind::shift;
         choice.validFiles = {"valid.jsonl"};
       },
       ""},
  };
  for (const auto& [choose, refused] : cases) {
    std::string found;
    for (const auto& [name, give] : trainingOptions) {
      TrainingChoice choice;
      choice.model.model = modelInMemory({});
      choose(choice);
      give(choice);
      try {
        planTraining(choice);
      } catch (const std::exception& error) {
        found += name + " ";
        EXPECT_THAT(error.what(), HasSubstr(name + " does nothing here: "));
      }
    }
    EXPECT_EQ(found, refused);
  }
}

TEST(TrainingPlan, MethodsAndPresetsOfAnotherKindAreRefused) {
  TrainingChoice choice;
  choice.model.model = openModel(test::encoderFolder());
  choice.method = TrainingMethod::lora;
  EXPECT_THAT(errorOf([&] { planTraining(choice); }), HasSubstr("not by LoRA"));
  choice.method = TrainingMethod::full;
  choice.preset = "new-model";
  EXPECT_THAT(errorOf([&] { planTraining(choice); }), HasSubstr("canvass init made"));
  choice.model.model = openModel(test::newModelFolder());
  choice.preset.reset();
  choice.method = TrainingMethod::head;
  EXPECT_THAT(errorOf([&] { planTraining(choice); }), HasSubstr("only an encoder has a head"));
  EXPECT_THAT(errorOf([] { findTrainingPreset("best"); }), HasSubstr("encoder-whole"));
  EXPECT_THAT(errorOf([] { parseMethod("magic"); }), HasSubstr("lora, full or head"));
}

TEST(TrainingRun, WritesTheModelAndTheCourseOfItsTraining) {
  const Survey survey = test::drinksSurvey();
  const test::TemporaryFolder folder;
  TrainingChoice choice;
  choice.model.model = openModel(test::newModelFolder());
  choice.epochs = 2;
  choice.batchSize = 24;
  choice.keepEpochs = true;
  choice.output = folder.path() / "trained";
  std::size_t epochs = 0;
  TrainingRun run(planTraining(choice));
  const RunRecord record =
      run.train(survey, &survey, noProgress(), [&](const EpochRecord&, bool) { ++epochs; });
  EXPECT_EQ(epochs, 2u);
  EXPECT_EQ(record.method.name, "full");
  EXPECT_EQ(record.templateName, "question-first");
  EXPECT_EQ(toJson(record), parseJson(readFile(choice.output / "run.json"), "run.json"));
  EXPECT_TRUE(std::filesystem::exists(choice.output / "history.jsonl"));
  EXPECT_TRUE(std::filesystem::exists(choice.output / "checkpoints/epoch-2/model.safetensors"));
  // Once trained, a model is no longer new.
  EXPECT_TRUE(isNewModel(*openModel(test::newModelFolder())));
  EXPECT_FALSE(isNewModel(*openModel(choice.output)));
  EXPECT_FALSE(isNewModel(*openModel(choice.output / "checkpoints/epoch-2")));
  EXPECT_EQ(presetOf(choice.output), "adapter");
}

TEST(TrainingRun, GoesOnWhereAnInterruptedOneEnded) {
  const Survey survey = test::drinksSurvey();
  const test::TemporaryFolder folder;
  for (const auto& model : {test::newModelFolder(), test::encoderFolder()}) {
    const auto run = [&](const std::string& name, bool resume, Progress& progress) {
      TrainingChoice choice;
      choice.model.model = openModel(model);
      choice.model.threads = 1;
      choice.epochs = 4;
      choice.batchSize = 24;
      choice.keepEpochs = true;
      choice.resume = resume;
      choice.output = folder.path() / name / model.filename();
      TrainingRun(planTraining(choice)).train(survey, nullptr, progress);
      return readFile(choice.output / "checkpoints/epoch-4/model.safetensors");
    };
    const std::string whole = run("whole", false, noProgress());
    test::StopAfter stop(5);
    EXPECT_ANY_THROW(run("parts", false, stop));  // there is no fourth epoch yet
    EXPECT_EQ(run("parts", true, noProgress()), whole);
  }
}

TEST(TrainingRun, GoesOnOnlyWithWhatItBeganWith) {
  const Survey survey = test::drinksSurvey();
  const test::TemporaryFolder folder;
  TrainingChoice begun;
  begun.model.model = openModel(test::newModelFolder());
  begun.epochs = 2;
  begun.batchSize = 24;
  begun.keepEpochs = true;
  begun.trainFiles = {folder.write("train.jsonl", "what was asked\n").string()};
  begun.output = folder.path() / "trained";
  TrainingRun(planTraining(begun)).train(survey, nullptr);

  begun.resume = true;
  TrainingChoice other = begun;
  other.learningRate = 0.5;
  other.seed = 7;
  EXPECT_THAT(test::errorOf([&] { TrainingRun(planTraining(other)).train(survey, nullptr); }),
              ::testing::AllOf(::testing::HasSubstr("learning_rate, seed"),
                               ::testing::HasSubstr("--resume")));
  other = begun;
  other.trainFiles = {folder.write("other.jsonl", "something else\n").string()};
  EXPECT_THAT(test::errorOf([&] { TrainingRun(planTraining(other)).train(survey, nullptr); }),
              ::testing::HasSubstr("was started with other train"));
  // The same content under another name is the same.
  other.trainFiles = {folder.write("moved.jsonl", "what was asked\n").string()};
  TrainingRun(planTraining(other)).train(survey, nullptr);
}

}  // namespace
}  // namespace canvass
