#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "model_cli/training_options.h"
#include "model_cli/training_report.h"
#include "model_cli/verbs.h"
#include "model_tasks/training_run.h"

namespace canvass {
namespace {

struct TrainArguments {
  SurveyArguments survey;
  SurveyArguments valid;
  TrainingChoice choice;
  JsonOutput json;
};

void runTrain(TrainArguments& arguments) {
  arguments.choice.trainFiles = arguments.survey.files;
  arguments.choice.validFiles = arguments.valid.files;
  const TrainingPlan plan = planTraining(arguments.choice);
  const Survey survey = arguments.survey.load();
  std::optional<Survey> valid;
  if (!plan.validFiles.empty()) valid = arguments.valid.load();
  TerminalProgress loading("loading", "MB");
  const std::string preset = presetText(plan, arguments.choice);
  if (!preset.empty()) loading.message(preset);
  TrainingRun run(plan, loading);
  TerminalProgress progress("training", "items");
  const auto onEpoch = [&](const EpochRecord& record, bool isBest) {
    progress.message(epochText(record, plan.options.epochs, isBest));
  };
  const RunRecord record = run.train(survey, valid ? &*valid : nullptr, progress, onEpoch);
  progress.message(fmt::format("{}epoch {}'s weights are in {}",
                               record.interrupted ? "interrupted; " : "", record.bestEpoch,
                               plan.output.string()));
  arguments.json.write(toJson(record));
}

}  // namespace

void addTrain(CLI::App& app) {
  auto arguments = std::make_shared<TrainArguments>();
  CLI::App& verb = *app.add_subcommand("train", descriptionOf("train"));
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "survey with the observed answers to learn from", true);
  addSurveyOptions(verb, arguments->valid, "--valid",
                   "survey with the observed answers to choose the best epoch by; without it the "
                   "last epoch is kept",
                   false);
  addTrainingOptions(verb, arguments->choice);
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Examples:\n"
      "  canvass train --model Qwen2.5-0.5B --survey train.jsonl --valid valid.jsonl "
      "-o adapter\n"
      "  canvass train --model model --survey train.jsonl -o trained\n"
      "  canvass train --model all-MiniLM-L6-v2 --survey train.jsonl -o scorer");
  verb.callback([arguments] { runTrain(*arguments); });
}

}  // namespace canvass
