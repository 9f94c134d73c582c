#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/paths.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/respondent_options.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"
#include "report/weighting/weighing_report.h"
#include "tasks/weight_task.h"

namespace canvass {
namespace {

struct WeightArguments {
  WeightTask task;
  std::string method = "raking";
  std::vector<double> bounds;
  std::vector<double> trim;
  std::string output;
  JsonOutput json;
};

std::optional<WeightRange> rangeOf(const std::vector<double>& ends) {
  return ends.empty() ? std::nullopt : std::optional(WeightRange{ends[0], ends[1]});
}

Weights weightsWithProgress(const WeightTask& task) {
  TerminalProgress progress("reading", "MB");
  return makeWeights(task, progress);
}

void runWeight(WeightArguments& arguments) {
  CalibrationOptions& calibration = arguments.task.options.calibration;
  calibration.distance = *weightDistance(arguments.method);
  calibration.ratio = rangeOf(arguments.bounds);
  calibration.trim = rangeOf(arguments.trim);
  const Weights weights = weightsWithProgress(arguments.task);
  reportReading(weights.reading);
  for (const std::string& note : weights.weighing.notes) tell(note);
  writeFileAtomically(arguments.output, weights.file);
  arguments.json.write(weighingJson(weights.weighing));
  if (arguments.json.toStandardOutput()) return;
  print(weighingText(weights.weighing, terminalStyle()));
  const std::filesystem::path mapping = arguments.task.source.options.mapping;
  const std::filesystem::path folder = mapping.has_parent_path() ? mapping.parent_path() : ".";
  const bool hasIds = weights.keyVariable != "record";
  say(
      fmt::format("\n{} written to {}. To use them, write into [design] of {}:\n{}weight_file = "
                  "\"{}\"",
                  counted(weights.weighing.weights.size(), "weight"), arguments.output,
                  mapping.string(), hasIds ? fmt::format("id = \"{}\"\n", weights.keyVariable) : "",
                  seenFrom(folder, arguments.output).string()));
}

void addCalibrationOptions(CLI::App& verb, WeightArguments& arguments) {
  verb.add_option("--method", arguments.method,
                  "raking (also post-stratification, if the margin is one of crossed attributes), "
                  "linear (GREG) or logit, which needs --bounds")
      ->check(CLI::IsMember({"raking", "linear", "logit"}))
      ->capture_default_str();
  verb.add_option("--bounds", arguments.bounds,
                  "lowest and highest ratio of a new weight to the former one: 0.3,3")
      ->type_name("LOW,HIGH")
      ->delimiter(',')
      ->expected(2);
  verb.add_option("--trim", arguments.trim,
                  "lowest and highest new weight, over the mean one: 0.2,5")
      ->type_name("LOW,HIGH")
      ->delimiter(',')
      ->expected(2);
  verb.add_flag("--keep-missing", arguments.task.options.keepMissing,
                "respondents without a value of a margin's attribute keep their share of it");
}

}  // namespace

void addWeight(CLI::App& app) {
  auto arguments = std::make_shared<WeightArguments>();
  CLI::App& verb = *app.add_subcommand(
      "weight", "Weigh respondents to margins that are known of the population");
  verb.add_option("file", arguments->task.source.inputs, "files of respondents")
      ->type_name("FILE")
      ->required();
  addRespondentOptions(verb, arguments->task.source.options, /*required=*/true);
  verb.add_option("--margins", arguments->task.margins,
                  "CSV or TOML file with the population's margins; see docs/weighting.md")
      ->type_name("FILE")
      ->required();
  addCalibrationOptions(verb, *arguments);
  verb.add_option("-o,--output", arguments->output, "file of weights to write, CSV")
      ->type_name("FILE")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass weight answers.sav --mapping mapping.toml --margins margins.csv --trim "
      "0.2,5 -o weights.csv");
  verb.callback([arguments] { runWeight(*arguments); });
}

}  // namespace canvass
