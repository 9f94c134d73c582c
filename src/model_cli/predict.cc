#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/engine_program.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "model_cli/asking_options.h"
#include "model_cli/timing_report.h"
#include "model_cli/verbs.h"
#include "model_cli/work_report.h"
#include "model_tasks/make_predictor.h"
#include "model_tasks/predict_to_file.h"

namespace canvass {
namespace {

struct PredictArguments {
  SurveyArguments items;
  AskingArguments asking;
  std::string output;
  JsonOutput json;
};

Json predictionJson(const PredictionRun& run, const std::string& output) {
  Json record = {{"model", run.source.model},
                 {"adapter", run.source.adapter},
                 {"template", run.source.templateName},
                 {"precision", run.source.precision},
                 {"output", output}};
  if (!run.source.reading.empty()) record["reading"] = run.source.reading;
  if (!run.source.evidence.empty()) record["evidence"] = run.source.evidence;
  record["work"] = workJson(run.work);
  if (run.work.timing) record["timing"] = timingJson(*run.work.timing);
  return record;
}

void runPredict(const PredictArguments& arguments) {
  const Survey items = arguments.items.load();
  const PredictorOptions options = arguments.asking.load();
  TerminalProgress loading("loading", "MB");
  const auto predictor = makePredictor(options, items, loading);
  TerminalProgress progress("predicting", "items");
  const PredictionRun run = predictToFile(*predictor, items, arguments.output, progress);
  progress.message(
      fmt::format("{} written to {}", counted(run.items, "prediction"), arguments.output));
  progress.message(workText(run.work));
  if (run.work.timing) {
    progress.message("where the time went\n" + timingText(*run.work.timing));
  }
  arguments.json.write(predictionJson(run, arguments.output));
}

}  // namespace

void addPredict(CLI::App& app) {
  auto arguments = std::make_shared<PredictArguments>();
  CLI::App& verb = *app.add_subcommand("predict", descriptionOf("predict"));
  addSurveyOptions(verb, arguments->items, "--items",
                   "survey with the items to predict: survey.jsonl or simllm JSON", true);
  refuseRenamed(verb, "--survey", "--items");
  addAskingOptions(verb, arguments->asking);
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")
      ->type_name("FILE")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass predict --model Qwen2.5-0.5B --items held-out.jsonl "
      "-o predictions.jsonl");
  verb.callback([arguments] { runPredict(*arguments); });
}

}  // namespace canvass
