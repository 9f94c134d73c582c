#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/calibrate_verbs.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "recalibration/calibrator_file.h"
#include "report/evaluation/fit_table.h"
#include "report/terminal/terminal.h"
#include "tasks/recalibrate_task.h"

namespace canvass {
namespace {

struct CalibrateFitArguments {
  SurveyArguments survey;
  std::string predictions;
  std::string method;
  std::string output;
};

void runCalibrateFit(const CalibrateFitArguments& arguments) {
  const Survey survey = arguments.survey.load();
  const auto [fit, before, after] = fitAndJudgeCalibrator(
      survey, readPredictions(arguments.predictions), parseCalibrationMethod(arguments.method));
  writeCalibrator(fit.calibrator, before, after, arguments.output);
  print(fmt::format("{}: {}\n\n{}", arguments.output, describe(fit.calibrator),
                    fitTable(before, after)));
  print("\n" + leftOutText(fit.skipped, "item", terminalStyle()));
  say("The calibrator was fitted to these items: judge it on others.");
}

}  // namespace

void addCalibrateFit(CLI::App& calibrate) {
  auto arguments = std::make_shared<CalibrateFitArguments>();
  CLI::App& verb =
      *calibrate.add_subcommand("fit", "Fit a recalibration of predicted shares to observed ones");
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "survey with the observed answers to items that will not be evaluated", true);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl of these items")
      ->type_name("FILE")
      ->required();
  verb.add_option("--method", arguments->method, "recalibration method")
      ->check(CLI::IsMember({"temperature", "temperature-by-length", "linear", "isotonic"}))
      ->required();
  verb.add_option("-o,--output", arguments->output, "calibrator.json to write")
      ->type_name("FILE")
      ->required();
  verb.footer(
      "Example:\n"
      "  canvass calibrate fit --survey valid.jsonl \\\n"
      "      --predictions valid-predictions.jsonl --method temperature \\\n"
      "      -o calibrator.json");
  verb.callback([arguments] { runCalibrateFit(*arguments); });
}

}  // namespace canvass
