#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/engine_program.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "model_cli/confidence_report.h"
#include "model_cli/model_options.h"
#include "model_cli/verbs.h"
#include "predictions/named_predictions.h"

namespace canvass {
namespace {

struct ConfidenceArguments {
  SurveyArguments survey;
  SurveyArguments items;
  std::vector<std::string> predictions;
  ConfidenceOptions options;
  std::string output;
  JsonOutput json;
};

void runConfidence(const ConfidenceArguments& arguments) {
  const Survey survey = arguments.survey.load();
  const Survey items = arguments.items.load();
  const Predictions predictions = readPredictionsOfOne(arguments.predictions);
  TerminalProgress progress("learning", "steps");
  const ConfidenceResult result =
      learnConfidence(survey, items, predictions, arguments.options, progress);
  writePredictions(result.predictions, arguments.output);
  arguments.json.write(confidenceJson(result, arguments.options));
  if (arguments.json.toStandardOutput()) return;
  print(confidenceText(result, arguments.output, terminalStyle()));
}

}  // namespace

void addConfidence(CLI::App& app) {
  auto arguments = std::make_shared<ConfidenceArguments>();
  CLI::App& verb = *app.add_subcommand("confidence", descriptionOf("confidence"));
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "survey with the observed answers to the items to learn from", true);
  verb.add_option("--predictions", arguments->predictions,
                  "predictions of these items and of others, by one predictor; one or more files")
      ->type_name("FILE")
      ->required();
  addSurveyOptions(verb, arguments->items, "--items",
                   "survey with the items whose answers get a confidence; if it has people's "
                   "answers, the confidence is evaluated",
                   true);
  addModelOption(
      verb, "--encoder",
      "small encoder (folder or name on the Hugging Face hub), to learn from the meaning of the "
      "text; "
      "by default from its words",
      arguments->options.encoder);
  verb.add_option("--seed", arguments->options.seed, "random seed of the folds")
      ->check(seedNumber())
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")
      ->type_name("FILE")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass confidence --survey valid.jsonl --items held-out.jsonl \\\n"
      "      --predictions valid-tuned.jsonl tuned.jsonl -o trusted.jsonl");
  verb.callback([arguments] { runConfidence(*arguments); });
}

}  // namespace canvass
