#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/error.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"
#include "engine/scorer.h"

namespace canvass {
namespace {

struct Arguments {
  ModelArguments model;
  SurveyArguments survey;
  PredictOptions predict;
  std::string output;
};

void run(Arguments& arguments) {
  arguments.model.useTrainedTemplate(arguments.predict.templateName);
  const Survey survey = arguments.survey.load();
  const LanguageModel model = arguments.model.load();
  TerminalProgress progress("predicting", "items");
  const Predictions predictions = predict(model, survey, arguments.predict, progress);
  writePredictions(predictions, arguments.output);
  const bool whole = predictions.predictions.size() == survey.items.size();
  progress.message(fmt::format("{} predictions written to {}{}", predictions.predictions.size(),
                               arguments.output, whole ? "" : " (stopped early)"));
  if (!whole) throw Error("stopped before all items were predicted", arguments.output);
}

}  // namespace

void addPredict(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb = *app.add_subcommand("predict", "Ask the model about every item of a survey");
  addModelOptions(verb, arguments->model, true);
  addSurveyOptions(verb, arguments->survey, "--survey", "survey.jsonl or simllm JSON", true);
  addTemplateOption(verb, arguments->predict.templateName);
  addForestOptions(verb, arguments->predict.forest);
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")->required();
  verb.footer("Example:\n  canvass predict --model Qwen2.5-0.5B --survey held-out.jsonl "
              "-o predictions.jsonl");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
