// Which options have a meaning for which kind of model and way of reading its answer.
#include "model_tasks/asking_plan.h"

#include <nlohmann/json.hpp>

#include "engine/training/run_record.h"
#include "model_tasks/small_models.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::AllOf;
using ::testing::HasSubstr;

// Every option, given; by its name.
const std::vector<std::pair<std::string, void (*)(PredictorOptions&)>> predictorOptions = {
    {"--adapter", [](PredictorOptions& options) { options.model.adapter = openModel("adapter"); }},
    {"--precision", [](PredictorOptions& options) { options.model.precision = "auto"; }},
    {"--chat", [](PredictorOptions& options) { options.model.chat = "none"; }},
    {"--device", [](PredictorOptions& options) { options.model.device = "cpu"; }},
    {"--template", [](PredictorOptions& options) { options.templateName = "paper"; }},
    {"--token-budget", [](PredictorOptions& options) { options.forest.tokenBudget = 100; }},
    {"--minimum-shared-prefix",
     [](PredictorOptions& options) { options.forest.minimumSharedPrefix = 9; }},
    {"--read", [](PredictorOptions& options) { options.reading = AnswerReading::firstToken; }},
    {"--evidence", [](PredictorOptions& options) { options.evidence = EvidenceChoice{}; }},
    {"--encoder", [](PredictorOptions& options) { options.encoder = openModel("encoder"); }},
    {"--prefixes", [](PredictorOptions& options) { options.answerPrefix = " ("; }},
    {"--samples", [](PredictorOptions& options) { options.samples = 20; }},
    {"--max-tokens", [](PredictorOptions& options) { options.maximumTokens = 32; }},
    {"--stop", [](PredictorOptions& options) { options.stops = {"."}; }},
    {"--texts", [](PredictorOptions& options) { options.texts = "texts.jsonl"; }},
    {"--temperature", [](PredictorOptions& options) { options.temperature = 0.0; }},
    {"--top-p", [](PredictorOptions& options) { options.topP = 1.0; }},
    {"--seed", [](PredictorOptions& options) { options.seed = 0; }},
    {"--timing", [](PredictorOptions& options) { options.timing = true; }},
};

// No encoder is there, which is all that a plan looks for.
PredictorOptions ofADecoder() {
  PredictorOptions options;
  options.model.model = modelInMemory({});
  return options;
}

struct WayOfAsking {
  const char* name;
  void (*choose)(PredictorOptions&);
  std::string refused;  // the options that do nothing, in the order above
};

const std::vector<WayOfAsking> ways = {
    {"an encoder",
     [](PredictorOptions& options) { options.model.model = openModel(test::encoderFolder()); },
     "--adapter --precision --chat --device --template --token-budget --minimum-shared-prefix "
     "--read --evidence --encoder --prefixes --samples --max-tokens --stop --texts --temperature "
     "--top-p --seed --timing "},
    {"the first token", [](PredictorOptions&) {},
     "--evidence --encoder --samples --max-tokens --stop --texts --temperature --top-p --seed "},
    {"texts", [](PredictorOptions& options) { options.reading = AnswerReading::text; },
     "--evidence --encoder --prefixes --timing "},
    {"the likeliest texts",
     [](PredictorOptions& options) {
       options.reading = AnswerReading::text;
       options.temperature = 0.0;
     },
     "--evidence --encoder --prefixes --top-p --seed --timing "},
    {"percentages", [](PredictorOptions& options) { options.templateName = "verbalised"; },
     "--evidence --encoder --prefixes --samples --top-p --seed --timing "},
    {"thoughts", [](PredictorOptions& options) { options.templateName = "reasoning"; },
     "--evidence --encoder --samples --max-tokens --stop --texts --top-p --seed "},
    {"evidence",
     [](PredictorOptions& options) {
       options.templateName = "few-shot";
       options.evidence = EvidenceChoice{};
     },
     "--samples --max-tokens --stop --texts --temperature --top-p --seed "},
};

TEST(AskingPlan, OptionsThatDoNothingAreRefusedByName) {
  for (const WayOfAsking& way : ways) {
    std::string refused;
    for (const auto& [name, give] : predictorOptions) {
      PredictorOptions options = ofADecoder();
      way.choose(options);
      // These two are how the way was chosen.
      if ((name == "--template" && options.templateName) ||
          (name == "--read" && (options.reading == AnswerReading::text || options.templateName))) {
        continue;
      }
      give(options);
      try {
        planAsking(options);
      } catch (const std::exception& error) {
        refused += name + " ";
        EXPECT_THAT(error.what(), HasSubstr(name + " does nothing here: ")) << way.name;
      }
    }
    EXPECT_EQ(refused, way.refused) << way.name;
  }
}

TEST(AskingPlan, RefusalsSayWhyAndWhatToDo) {
  const struct {
    void (*give)(PredictorOptions&);
    const char* why;
    const char* remedy;
  } cases[] = {
      {[](PredictorOptions& options) {
         options.model.model = openModel(test::encoderFolder());
         options.model.device = "cuda";
       },
       "an encoder reads no prompt", "leave it out"},
      {[](PredictorOptions& options) { options.samples = 5; }, "the first token is read",
       "--read text"},
      {[](PredictorOptions& options) { options.encoder = openModel("MiniLM"); },
       "there is no evidence to find", "--evidence SURVEY"},
      {[](PredictorOptions& options) { options.evidence = EvidenceChoice{}; },
       "the template 'paper' shows no evidence", "few-shot"},
      {[](PredictorOptions& options) {
         options.templateName = "verbalised";
         options.samples = 5;
       },
       "one text per item", "leave it out"},
      {[](PredictorOptions& options) {
         options.templateName = "verbalised";
         options.seed = 5;
       },
       "the most likely text is written", "--temperature"},
  };
  for (const auto& [give, why, remedy] : cases) {
    PredictorOptions options = ofADecoder();
    give(options);
    EXPECT_THAT(errorOf([&] { planAsking(options); }), AllOf(HasSubstr(why), HasSubstr(remedy)));
  }
}

TEST(AskingPlan, ReadsAsTheTemplateSays) {
  PredictorOptions options = ofADecoder();
  options.templateName = "verbalised";
  EXPECT_TRUE(planAsking(options).readsTexts);
  EXPECT_EQ(planAsking(options).temperature, 0.0);
  options.reading = AnswerReading::text;
  EXPECT_THAT(errorOf([&] { planAsking(options); }), HasSubstr("read for its percentages"));
  options.templateName = "reasoning";
  EXPECT_THAT(errorOf([&] { planAsking(options); }), HasSubstr("after its thoughts"));
  options.templateName = "paper";
  EXPECT_EQ(planAsking(options).temperature, 1.0);
}

TEST(AskingPlan, TheTemplateIsTheOneOfTheTraining) {
  PredictorOptions options = ofADecoder();
  EXPECT_EQ(planAsking(options).asking->name(), "paper");
  RunRecord record;
  record.templateName = "qa";
  options.model.adapter = modelInMemory({{"run.json", toJson(record).dump()}}, "adapter");
  EXPECT_EQ(planAsking(options).asking->name(), "qa");
  options.templateName = "bio";
  EXPECT_EQ(planAsking(options).asking->name(), "bio");
}

}  // namespace
}  // namespace canvass
