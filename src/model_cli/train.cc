#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "model_cli/model_options.h"
#include "model_cli/training.h"
#include "model_cli/verbs.h"
#include "model_files/encoder_config.h"
#include "option_scorer/scorer_training.h"
#include "prompt/template.h"

namespace canvass {
namespace {

struct Arguments {
  ModelArguments model;
  SurveyArguments survey;
  SurveyArguments valid;
  TrainingPlan plan;
  std::string method = "lora";
  std::string loss = lossName(TrainOptions().loss);
  std::string schedule = scheduleName(TrainOptions().schedule);
  AdapterConfig adapter{.baseModel = "",
                        .rank = 8,
                        .alpha = 32.0,
                        .dropout = 0.05,
                        .rankStabilized = false,
                        .targets = {"q_proj", "v_proj"}};
  JsonOutput json;
};

// For a model that `canvass init` made: everything is learned, from the survey alone.
void applyNewModelPreset(Arguments& arguments) {
  arguments.method = "full";
  arguments.plan.options = newModelTrainOptions();
  arguments.schedule = scheduleName(arguments.plan.options.schedule);
}

// For an encoder: its head learns to score options, or after that all of it.
void applyEncoderPreset(Arguments& arguments, bool whole) {
  const ScorerTraining training = whole ? wholeTraining() : headTraining();
  arguments.method = whole ? "full" : "head";
  arguments.plan.options = training.options;
  arguments.adapter.dropout = training.headDropout;
  arguments.schedule = scheduleName(training.options.schedule);
}

void applyPreset(Arguments& arguments, const std::string& preset) {
  if (preset == "new-model") {
    applyNewModelPreset(arguments);
  } else {
    applyEncoderPreset(arguments, preset == "encoder-whole");
  }
}

// Throws Error where the method is not one for this kind of model.
void checkMethod(const std::string& method, bool encoder, const std::string& model) {
  if (encoder && method == "lora") {
    throw Error("an encoder is trained by its head or whole, not by LoRA", model,
                "add --preset encoder");
  }
  if (!encoder && method == "head") {
    throw Error("only an encoder has a head to train", model, "choose --method lora or full");
  }
}

void run(Arguments& arguments) {
  TrainingPlan& plan = arguments.plan;
  plan.options.loss = parseLoss(arguments.loss);
  plan.options.schedule = parseSchedule(arguments.schedule);
  const bool encoder = isEncoder(*arguments.model.files());
  checkMethod(arguments.method, encoder, arguments.model.model);
  if (arguments.method == "lora") {
    plan.fineTuning.adapter = arguments.adapter;
    plan.fineTuning.adapter->baseModel = arguments.model.model;
  }
  plan.model = arguments.model.options();
  plan.trainFiles = arguments.survey.files;
  plan.validFiles = arguments.valid.files;
  setThreads(arguments.model.threads);
  const Survey survey = arguments.survey.load();
  const bool validates = !arguments.valid.files.empty();
  const Survey valid = validates ? arguments.valid.load() : Survey();
  const Survey* const validSurvey = validates ? &valid : nullptr;
  plan.dropout = arguments.adapter.dropout;
  const Json record = encoder
                          ? runScorerTraining(plan, arguments.method == "full", survey, validSurvey)
                          : runTraining(plan, survey, validSurvey);
  arguments.json.write(record);
}

void addScheduleOptions(CLI::App& verb, Arguments& arguments) {
  TrainOptions& options = arguments.plan.options;
  verb.add_option("--epochs", options.epochs, "passes over the survey")->capture_default_str();
  verb.add_option("--batch-size", options.batchSize, "items an update")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  verb.add_option("--run-length", options.runLength,
                  "items of one question drawn together, so that they share its prompt")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  verb.add_option("--learning-rate", options.learningRate, "greatest learning rate of AdamW")
      ->capture_default_str();
  verb.add_option("--weight-decay", options.weightDecay, "of matrices")->capture_default_str();
  verb.add_option("--beta2", options.secondMomentDecay, "AdamW's second-moment decay")
      ->capture_default_str();
  verb.add_option("--warm-up", options.warmUpShare, "share of the updates")->capture_default_str();
  verb.add_option("--schedule", arguments.schedule, "constant, linear, cosine, step")
      ->capture_default_str();
  verb.add_option("--epoch-decay", options.epochDecay, "factor an epoch of the step schedule")
      ->capture_default_str();
  verb.add_option("--gradient-clip", options.gradientClip, "greatest gradient norm, 0 for none")
      ->capture_default_str();
  verb.add_option("--patience", options.patience,
                  "stop after so many epochs without a better validation loss, 0 never")
      ->capture_default_str();
  verb.add_option("--seed", options.seed, "of adapter, order and dropout")->capture_default_str();
}

void addAdapterOptions(CLI::App& verb, AdapterConfig& adapter) {
  verb.add_option("--rank", adapter.rank, "LoRA rank")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  verb.add_option("--alpha", adapter.alpha, "LoRA alpha; the product is scaled by alpha / rank")
      ->capture_default_str();
  verb.add_option("--dropout", adapter.dropout, "of LoRA, or of an encoder and its head")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 0.99));
  verb.add_option("--targets", adapter.targets, "linear layers to adapt")
      ->delimiter(',')
      ->capture_default_str();
}

}  // namespace

void addTrain(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("train", descriptionOf("train"));
  verb.add_option("--preset",
                  "settings: new-model, for one that canvass init made; encoder, for the head of "
                  "an encoder; encoder-whole, to go on with all of it")
      ->check(CLI::IsMember({"new-model", "encoder", "encoder-whole"}))
      ->trigger_on_parse()
      ->each([arguments](const std::string& preset) { applyPreset(*arguments, preset); });
  addModelOptions(verb, arguments->model, false);
  addSurveyOptions(verb, arguments->survey, "--survey", "items to learn from", true);
  addSurveyOptions(verb, arguments->valid, "--valid",
                   "items that choose the best epoch; the last is kept without them", false);
  verb.add_option("--method", arguments->method,
                  "lora, full for all weights, or head for what scores an encoder's options")
      ->check(CLI::IsMember({"lora", "full", "head"}))
      ->capture_default_str();
  verb.add_option("--template", arguments->plan.options.templateName,
                  fmt::format("{}", fmt::join(templateNames(), ", ")))
      ->capture_default_str();
  verb.add_option("--loss", arguments->loss, "kl, kl-legacy, js, emd, ce")->capture_default_str();
  addScheduleOptions(verb, *arguments);
  addAdapterOptions(verb, arguments->adapter);
  addForestOptions(verb, arguments->plan.options.forest);
  verb.add_flag("--recompute", arguments->plan.options.recompute,
                "compute activations again for the backward pass: less memory, more time");
  verb.add_flag("--keep-epochs", arguments->plan.keepEpochs,
                "also keep every epoch's weights, in checkpoints/");
  addJsonOption(verb, arguments->json);
  verb.add_option("-o,--output", arguments->plan.output, "folder to write")->required();
  verb.footer(
      "Examples:\n"
      "  canvass train --model Qwen2.5-0.5B --survey train.jsonl --valid valid.jsonl "
      "-o adapter\n"
      "  canvass train --preset new-model --model model --survey train.jsonl -o trained\n"
      "  canvass train --preset encoder --model all-MiniLM-L6-v2 --survey train.jsonl -o scorer");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
