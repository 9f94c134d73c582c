#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "baselines/compared_evaluation.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "report/evaluation_json.h"
#include "report/terminal.h"

namespace canvass {
namespace {

struct Arguments {
  SurveyArguments survey;
  SurveyArguments train;
  std::vector<std::string> predictions;
  BaselineOptions baselines;
  NoiseCeilingOptions ceiling;
  std::size_t examples = 3;
  std::string by;
  std::string metric = "js_similarity";
  JsonOutput json;
};

std::string titleOf(const std::string& file) { return std::filesystem::path(file).stem().string(); }

// Every file a column of one table, then the baselines over the items of the first.
std::vector<TableColumn> tableOf(const Arguments& arguments,
                                 const std::vector<ComparedEvaluation>& all) {
  std::vector<TableColumn> columns;
  for (std::size_t i = 0; i < all.size(); ++i) {
    columns.push_back({titleOf(arguments.predictions[i]), &all[i].evaluation});
  }
  const auto first = columnsOf(all.front());
  columns.insert(columns.end(), first.begin() + 1, first.end());
  return columns;
}

void show(const Arguments& arguments, const Survey& survey,
          const std::vector<ComparedEvaluation>& all) {
  const TerminalStyle style = terminalStyle();
  const std::vector<TableColumn> columns = tableOf(arguments, all);
  print(headlineTable(columns, style));
  if (!arguments.by.empty()) {
    const bool topics = arguments.by == "topic";
    print("\n" + groupTable(columns, topics ? Grouping::topic : Grouping::population,
                            arguments.metric, style));
  }
  print("\n");
  for (std::size_t i = 0; i < all.size(); ++i) {
    print(sampleComparison(titleOf(arguments.predictions[i]), all[i], arguments.metric, style));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Evaluation& evaluation = all[i].evaluation;
    if (all.size() > 1) print("\n" + titleOf(arguments.predictions[i]) + "\n");
    print(skippedSummary(evaluation, 3, style));
    if (arguments.examples > 0) {
      print("\n" + bestAndWorstItems(survey, evaluation, arguments.examples, style));
    }
  }
}

// One file's object, or a list of them in the order given.
Json jsonOf(const std::vector<ComparedEvaluation>& all) {
  if (all.size() == 1) return evaluationToJson(all.front());
  Json list = Json::array();
  for (const ComparedEvaluation& compared : all) list.push_back(evaluationToJson(compared));
  return list;
}

// What real samples reach on the same items: for the metric that is shown, or for all of them where
// the results are kept.
void compareWithSamples(const Arguments& arguments, const Survey& survey,
                        ComparedEvaluation& compared) {
  compared.ceiling = noiseCeiling(survey, compared.evaluation, arguments.ceiling);
  compared.equivalents.resize(itemMetrics().size());
  const bool all = arguments.json.option->count() > 0;
  const std::size_t shown = metricIndex(arguments.metric);
  for (std::size_t metric = 0; metric < itemMetrics().size(); ++metric) {
    if (all || metric == shown) {
      compared.equivalents[metric] = equivalentSampleSize(survey, compared.evaluation, metric);
    }
  }
}

void run(const Arguments& arguments) {
  const Survey survey = arguments.survey.load();
  const bool hasTraining = !arguments.train.files.empty();
  const Survey training = hasTraining ? arguments.train.load() : Survey();
  std::vector<ComparedEvaluation> all;
  for (const std::string& file : arguments.predictions) {
    all.push_back(evaluateWithBaselines(survey, readPredictions(file),
                                        hasTraining ? &training : nullptr, arguments.baselines));
    if (all.back().evaluation.items.empty()) {
      throw Error("no item has both an observed and a predicted distribution", file,
                  "give the survey that these predictions are of");
    }
    compareWithSamples(arguments, survey, all.back());
  }
  arguments.json.write(jsonOf(all));
  if (arguments.json.toStandardOutput()) return;
  show(arguments, survey, all);
  if (!hasTraining) {
    print("\nGive --train SURVEY to see the baselines that learn from the training items.\n");
  }
  if (!all.front().ceiling) {
    print("\nThe survey does not say how many answered. Give --n N to see the noise ceiling.\n");
  }
}

}  // namespace

void addEvaluate(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App& verb =
      *app.add_subcommand("evaluate", "Measure predictions against what people answered");
  addSurveyOptions(verb, arguments->survey, "--survey", "what was observed", true);
  verb.add_option("--predictions", arguments->predictions, "predictions.jsonl, one or several")
      ->required();
  addSurveyOptions(verb, arguments->train, "--train",
                   "the items the model learned from: what baselines may learn from too", false);
  verb.add_option("--neighbours", arguments->baselines.neighbours,
                  "populations that the nearest-populations baseline averages")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  verb.add_option(
          "--n", arguments->ceiling.respondents,
          "respondents an item, for the noise ceiling of items that have neither n_eff nor n")
      ->check(CLI::Range(1.0, 1e9));
  verb.add_option("--by", arguments->by, "also show one metric by topic or by population")
      ->check(CLI::IsMember({"topic", "population"}));
  verb.add_option("--metric", arguments->metric,
                  "the one that --by and the comparison with real samples show")
      ->capture_default_str();
  verb.add_option("--examples", arguments->examples, "best and worst items to list")
      ->capture_default_str();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n  canvass evaluate --survey held-out.jsonl --train train.jsonl "
      "--predictions predictions.jsonl --json");
  verb.callback([arguments] { run(*arguments); });
}

}  // namespace canvass
