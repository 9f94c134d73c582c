#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/calibrate_verbs.h"
#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "report/evaluation/transfer_report.h"
#include "report/terminal/terminal.h"
#include "transfer/transfer.h"

namespace canvass {
namespace {

struct CrossQuestionArguments {
  SurveyArguments survey;
  std::string predictions;
  std::uint64_t seed = 1;
  std::string output;
  JsonOutput json;
};

void runCrossQuestion(const CrossQuestionArguments& arguments) {
  const TransferredPredictions result = transferPredictions(
      arguments.survey.load(), readPredictions(arguments.predictions), arguments.seed);
  writePredictions(result.predictions, arguments.output);
  arguments.json.write(transferJson(result));
  if (arguments.json.toStandardOutput()) return;
  print(transferText(result, terminalStyle()));
  say(fmt::format("\n{} written to {}",
                  counted(result.predictions.predictions.size(), "corrected prediction"),
                  arguments.output));
}

}  // namespace

void addCalibrateCrossQuestion(CLI::App& calibrate) {
  auto arguments = std::make_shared<CrossQuestionArguments>();
  CLI::App& verb = *calibrate.add_subcommand(
      "cross-question",
      "Correct predictions by what the same people answered to other questions, and others to the "
      "same");
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "survey with the observed answers to some of the predicted items", true);
  verb.add_option("--predictions", arguments->predictions,
                  "predictions.jsonl of one predictor, for these items and for new ones")
      ->type_name("FILE")
      ->required();
  verb.add_option("--seed", arguments->seed, "random seed of the folds")
      ->check(seedNumber())
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output,
                  "predictions.jsonl to write, of the items that were not observed")
      ->type_name("FILE")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n"
      "  canvass calibrate cross-question --survey observed.jsonl --predictions all.jsonl \\\n"
      "      -o corrected.jsonl");
  verb.callback([arguments] { runCrossQuestion(*arguments); });
}

}  // namespace canvass
