#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/combine_verbs.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "estimation/estimate_file.h"
#include "report/estimation/estimates_report.h"

namespace canvass {
namespace {

struct CombineEstimateArguments {
  SurveyArguments sample;
  std::string predictions;
  std::string output;
  JsonOutput json;
};

void runCombineEstimate(const CombineEstimateArguments& arguments) {
  const Survey sample = arguments.sample.load();
  const SampleEstimates estimates =
      estimateFromSample(sample, readPredictions(arguments.predictions));
  writeEstimates(estimates, sample, arguments.output);
  arguments.json.write(estimatesToJson(estimates));
  if (arguments.json.toStandardOutput()) return;
  print(estimatesText(estimates, terminalStyle()));
  say(fmt::format("{} and {} written to {}", counted(estimates.items.size(), "item"),
                  counted(estimates.questions.size(), "mean"), arguments.output));
}

}  // namespace

void addCombineEstimate(CLI::App& combine) {
  auto arguments = std::make_shared<CombineEstimateArguments>();
  CLI::App& verb = *combine.add_subcommand(
      "estimate", "Estimate shares from a few respondents and predictions, with intervals");
  addSurveyOptions(verb, arguments->sample, "--survey",
                   "survey with the observed answers of a few respondents per item (n or n_eff)",
                   true);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl of one predictor")
      ->type_name("FILE")
      ->required();
  verb.add_option("-o,--output", arguments->output, "estimates.jsonl to write")
      ->type_name("FILE")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "To combine several predictors into one, use canvass combine fit.\n\n"
      "Example:\n"
      "  canvass combine estimate --survey sample.jsonl --predictions combined.jsonl \\\n"
      "      -o estimates.jsonl");
  verb.callback([arguments] { runCombineEstimate(*arguments); });
}

}  // namespace canvass
