#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "cli/options.h"
#include "cli/verbs.h"
#include "recalibration/calibrator_file.h"
#include "report/evaluation/fit_table.h"
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
  for (const Skipped& skipped : fit.skipped) {
    std::fprintf(stderr, "not fitted to: question %s, population %s: %s\n",
                 skipped.question.c_str(), skipped.population.c_str(), skipped.reason.c_str());
  }
  print("\nThese items were fitted to: judge the calibrator on others.\n");
}

void addCalibrateFit(CLI::App& calibrate) {
  auto arguments = std::make_shared<CalibrateFitArguments>();
  CLI::App& verb =
      *calibrate.add_subcommand("fit", "Fit a recalibration of predicted shares to observed ones");
  addSurveyOptions(verb, arguments->survey, "--survey",
                   "what was observed, of items that are not to be evaluated", true);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl of these items")
      ->required();
  verb.add_option("--method", arguments->method, "how")
      ->check(CLI::IsMember({"temperature", "temperature-by-length", "linear", "isotonic"}))
      ->required();
  verb.add_option("-o,--output", arguments->output, "calibrator.json to write")->required();
  verb.footer(
      "Example:\n"
      "  canvass calibrate fit --survey valid.jsonl --predictions valid-predictions.jsonl \\\n"
      "      --method temperature -o calibrator.json");
  verb.callback([arguments] { runCalibrateFit(*arguments); });
}

struct CalibrateApplyArguments {
  std::string calibrator;
  std::string predictions;
  bool skipFitted = false;
  std::string output;
};

void warnOfFitted(const RecalibratedPredictions& result, bool left) {
  if (result.fittedTo == 0) return;
  const std::string count = fmt::format("{} of {} predictions", result.fittedTo, result.given);
  const std::string text =
      left ? fmt::format("left out: {}, of items that were fitted to\n", count)
           : fmt::format(
                 "warning: {} are of items that the calibrator was fitted to; their "
                 "figures flatter it. --skip-fitted leaves them out\n",
                 count);
  std::fputs(text.c_str(), stderr);
}

void runCalibrateApply(const CalibrateApplyArguments& arguments) {
  const RecalibratedPredictions result =
      applyCalibrator(readCalibrator(arguments.calibrator), readPredictions(arguments.predictions),
                      arguments.skipFitted);
  warnOfFitted(result, arguments.skipFitted);
  writePredictions(result.predictions, arguments.output);
  print(fmt::format("{}: {}, {}\n", arguments.output,
                    counted(result.predictions.predictions.size(), "prediction"),
                    result.predictions.calibration));
}

void addCalibrateApply(CLI::App& calibrate) {
  auto arguments = std::make_shared<CalibrateApplyArguments>();
  CLI::App& verb = *calibrate.add_subcommand("apply", "Apply it to the predictions of other items");
  verb.add_option("calibrator", arguments->calibrator, "calibrator.json of an earlier fit")
      ->required();
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl")->required();
  verb.add_flag("--skip-fitted", arguments->skipFitted,
                "leave out predictions of items that were fitted to");
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")->required();
  verb.footer(
      "Example:\n"
      "  canvass calibrate apply calibrator.json --predictions predictions.jsonl \\\n"
      "      -o calibrated.jsonl");
  verb.callback([arguments] { runCalibrateApply(*arguments); });
}

}  // namespace

void addCalibrate(CLI::App& app) {
  CLI::App& verb = *app.add_subcommand(
      "calibrate", "Fit a recalibration of predicted shares to observed ones, or apply it");
  verb.require_subcommand(1);
  addCalibrateFit(verb);
  addCalibrateApply(verb);
  refuseRenamed(verb, "--survey", "canvass calibrate fit --survey");
  refuseRenamed(verb, "--method", "canvass calibrate fit --method");
  refuseRenamed(verb, "--apply", "canvass calibrate apply CALIBRATOR");
  verb.footer(
      "Examples:\n"
      "  canvass calibrate fit --survey valid.jsonl --predictions valid-predictions.jsonl \\\n"
      "      --method temperature -o calibrator.json\n"
      "  canvass calibrate apply calibrator.json --predictions predictions.jsonl \\\n"
      "      -o calibrated.jsonl");
}

}  // namespace canvass
