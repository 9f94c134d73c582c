#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "evaluation/run_comparison.h"
#include "report/comparison/comparison_report.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments survey;
  SurveyArguments train;
  std::vector<std::string> predictions;
  RunComparisonOptions options;
  JsonOutput json;
};

// Each file's stem, or all as given where two have the same.
std::vector<std::string> namesOf(const std::vector<std::string>& files) {
  std::vector<std::string> stems;
  for (const std::string& file : files)
    stems.push_back(std::filesystem::path(file).stem().string());
  const std::set<std::string> different(stems.begin(), stems.end());
  return different.size() == stems.size() ? stems : files;
}

void run(const Arguments& arguments) {
  const Survey survey = arguments.survey.load();
  const bool hasTraining = !arguments.train.files.empty();
  const Survey training = hasTraining ? arguments.train.load() : Survey();
  requireDistinctFiles({arguments.predictions.begin(), arguments.predictions.end()});
  const std::vector<std::string> names = namesOf(arguments.predictions);
  std::vector<RunToCompare> runs;
  for (std::size_t i = 0; i < names.size(); ++i) {
    runs.push_back({names[i], readPredictions(arguments.predictions[i])});
  }
  const RunComparison comparison =
      compareRuns(survey, runs, hasTraining ? &training : nullptr, arguments.options);
  arguments.json.write(comparisonToJson(comparison));
  if (arguments.json.toStandardOutput()) return;
  print(comparisonText(comparison, terminalStyle()));
  if (!hasTraining) print("\nGive --train SURVEY to compare them with the baselines too.\n");
}

}  // namespace

void addCompare(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb =
      *app.add_subcommand("compare", "Rank predictions, and say what is more than noise");
  addSurveyOptions(verb, arguments->survey, "--survey", "what was observed", true);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl of each run")
      ->required();
  addSurveyOptions(verb, arguments->train, "--train",
                   "the items the models learned from: baselines that learn from them are compared "
                   "too",
                   false);
  verb.add_option("--metric", arguments->options.metric, "the one that ranks")
      ->capture_default_str();
  addNeighboursOption(verb, arguments->options.baselines);
  addBootstrapOptions(verb, arguments->options.bootstrap, "questions and populations");
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass compare --survey held-out.jsonl --train train.jsonl "
      "--predictions zero-shot.jsonl tuned.jsonl text.jsonl");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
