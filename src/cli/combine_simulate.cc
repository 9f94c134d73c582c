#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/list_text.h"
#include "cli/combine_verbs.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "report/estimation/estimates_report.h"

namespace canvass {
namespace {

struct CombineSimulateArguments {
  SurveyArguments survey;
  std::string predictions;
  SamplingStudyOptions options;
  JsonOutput json;
};

SamplingStudy simulateWithProgress(const CombineSimulateArguments& arguments) {
  TerminalProgress progress("simulating", "surveys");
  const auto step = [&](std::size_t done) {
    progress.update(done, arguments.options.simulations, {});
    if (!progress.stopRequested()) return;
    throw Error(fmt::format("stopped after {} of {}; there are no results", grouped(done),
                            counted(arguments.options.simulations, "simulated survey")));
  };
  step(0);
  return simulateSampling(arguments.survey.load(), readPredictions(arguments.predictions),
                          arguments.options, step);
}

void runCombineSimulate(const CombineSimulateArguments& arguments) {
  const SamplingStudy study = simulateWithProgress(arguments);
  arguments.json.write(samplingStudyToJson(study));
  if (arguments.json.toStandardOutput()) return;
  print(samplingStudyText(study, arguments.options, terminalStyle()));
}

}  // namespace

void addCombineSimulate(CLI::App& combine) {
  auto arguments = std::make_shared<CombineSimulateArguments>();
  SamplingStudyOptions& options = arguments->options;
  CLI::App& verb = *combine.add_subcommand(
      "simulate", "Draw samples from a survey, and report how good estimates from them are");
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "survey with observed answers, whose shares are taken as the truth", true);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl of one predictor")
      ->type_name("FILE")
      ->required();
  verb.add_option("--simulations", options.simulations, "number of surveys to draw")
      ->check(wholeNumber(1, 1'000'000))
      ->capture_default_str();
  verb.add_option("--sample-size", options.respondents,
                  "respondents per item in a simulated survey")
      ->capture_default_str()
      ->check(wholeNumber(2, 1'000'000));
  refuseRenamed(verb, "--n", "--sample-size");
  verb.add_option("--populations", options.populations,
                  "populations per question in a simulated survey")
      ->capture_default_str()
      ->check(wholeNumber(2, 1'000'000));
  verb.add_option("--seed", options.seed, "random seed of the samples")
      ->check(seedNumber())
      ->capture_default_str();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n"
      "  canvass combine simulate --simulations 500 --sample-size 50 \\\n"
      "      --survey survey.jsonl --predictions tuned.jsonl");
  verb.callback([arguments] { runCombineSimulate(*arguments); });
}

}  // namespace canvass
