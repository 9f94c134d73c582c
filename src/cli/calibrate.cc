#include <CLI/CLI.hpp>

#include "cli/calibrate_verbs.h"
#include "cli/options.h"
#include "cli/verbs.h"

namespace canvass {

void addCalibrate(CLI::App& app) {
  CLI::App& verb = *app.add_subcommand(
      "calibrate", "Fit a recalibration of predicted shares to observed ones, or apply it");
  verb.require_subcommand(1);
  addCalibrateFit(verb);
  addCalibrateApply(verb);
  addCalibrateCrossQuestion(verb);
  refuseRenamed(verb, "--survey", "canvass calibrate fit --survey");
  refuseRenamed(verb, "--method",
                "canvass calibrate fit --method, or canvass calibrate cross-question");
  refuseRenamed(verb, "--apply", "canvass calibrate apply CALIBRATOR");
  verb.footer(
      "Examples:\n"
      "  canvass calibrate fit --survey valid.jsonl \\\n"
      "      --predictions valid-predictions.jsonl --method temperature \\\n"
      "      -o calibrator.json\n"
      "  canvass calibrate apply calibrator.json --predictions predictions.jsonl \\\n"
      "      -o calibrated.jsonl\n"
      "  canvass calibrate cross-question --survey observed.jsonl \\\n"
      "      --predictions all.jsonl -o corrected.jsonl");
}

}  // namespace canvass
