#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/calibrate_verbs.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "recalibration/calibrator_file.h"
#include "tasks/recalibrate_task.h"

namespace canvass {
namespace {

struct CalibrateApplyArguments {
  std::string calibrator;
  std::string predictions;
  bool skipFitted = false;
  std::string output;
};

void warnOfFitted(const RecalibratedPredictions& result, bool leftOut) {
  if (result.fittedTo == 0) return;
  const std::string count =
      fmt::format("{} of {}", grouped(result.fittedTo), counted(result.given, "prediction"));
  const std::string text =
      leftOut ? fmt::format("left out: {}, of items that the calibrator was fitted to", count)
              : fmt::format(
                    "warning: {} are of items that the calibrator was fitted to; their figures are "
                    "too optimistic. --skip-fitted leaves them out",
                    count);
  tell(text);
}

void runCalibrateApply(const CalibrateApplyArguments& arguments) {
  const RecalibratedPredictions result =
      applyCalibrator(readCalibrator(arguments.calibrator), readPredictions(arguments.predictions),
                      arguments.skipFitted);
  warnOfFitted(result, arguments.skipFitted);
  writePredictions(result.predictions, arguments.output);
  say(fmt::format("{}: {}, {}", arguments.output,
                  counted(result.predictions.predictions.size(), "prediction"),
                  result.predictions.calibration));
}

}  // namespace

void addCalibrateApply(CLI::App& calibrate) {
  auto arguments = std::make_shared<CalibrateApplyArguments>();
  CLI::App& verb = *calibrate.add_subcommand(
      "apply", "Apply a fitted calibrator to the predictions of other items");
  verb.add_option("calibrator", arguments->calibrator, "calibrator.json from an earlier fit")
      ->type_name("FILE")
      ->required();
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl to recalibrate")
      ->type_name("FILE")
      ->required();
  verb.add_flag("--skip-fitted", arguments->skipFitted,
                "leave out predictions of items that the calibrator was fitted to");
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")
      ->type_name("FILE")
      ->required();
  verb.footer(
      "Example:\n"
      "  canvass calibrate apply calibrator.json --predictions predictions.jsonl \\\n"
      "      -o calibrated.jsonl");
  verb.callback([arguments] { runCalibrateApply(*arguments); });
}

}  // namespace canvass
