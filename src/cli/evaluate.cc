#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>

#include "base/list_text.h"
#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/verbs.h"
#include "evaluation/run_evaluation.h"
#include "report/evaluation/evaluation_json.h"
#include "report/evaluation/evaluation_text.h"
#include "survey/dates.h"
#include "survey/shared_respondents.h"

namespace canvass {
namespace {

struct EvaluateArguments {
  SurveyArguments survey;
  SurveyArguments train;
  std::vector<std::string> predictions;
  RunEvaluationOptions options;
  std::vector<std::string> by;
  EvaluationTextOptions text;
  JsonOutput json;
};

// Equivalent sample sizes are slow to compute: only for the metric shown, or for all if results are
// kept.
std::vector<std::size_t> equivalentsFor(const EvaluateArguments& arguments) {
  const std::size_t shown = metricIndex(arguments.text.metric);
  if (arguments.json.option->count() == 0) return {shown};
  std::vector<std::size_t> all(itemMetrics().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

// Training on the answers that are predicted makes figures too good.
void noteSharedRespondents(const Survey& survey, const Survey& training) {
  const auto sharing = itemsSharingRespondents(survey, training);
  if (sharing.empty()) return;
  std::vector<std::string> names;
  for (const std::size_t i : sharing) {
    const std::string& name = survey.populationOf(survey.items[i]).name;
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  tell(
      fmt::format("note: respondents of {} of {} answered the same question in a training item, so "
                  "that figures may be too good: {}",
                  grouped(sharing.size()), counted(survey.items.size(), "item"), listText(names)));
}

void runEvaluate(EvaluateArguments& arguments) {
  checkDate(arguments.options.cutoff, "--cutoff");
  arguments.options.equivalents = equivalentsFor(arguments);
  const Survey survey = arguments.survey.load();
  const std::optional<Survey> training = arguments.train.loadIfGiven();
  if (training) noteSharedRespondents(survey, *training);
  const std::vector<RunEvaluation> runs =
      evaluateRuns(survey, readNamedPredictions(arguments.predictions),
                   training ? &*training : nullptr, arguments.options);
  arguments.json.write(runEvaluationsToJson(survey, runs));
  if (arguments.json.toStandardOutput()) return;
  for (const std::string& by : arguments.by) {
    arguments.text.by.push_back(by == "topic" ? Grouping::topic : Grouping::population);
  }
  print(evaluationText(survey, runs, arguments.text, terminalStyle()));
  if (!training) {
    say("\nGive --train SURVEY to see the baselines that learn from the training items.");
  }
  if (!runs.front().ceiling) {
    say("\nThe survey does not say how many people answered. Give --n N to see the noise "
        "ceiling.");
  }
}

void addEvaluateOptions(CLI::App& verb, EvaluateArguments& arguments) {
  addSurveyOptions(verb, arguments.survey, "--survey", "survey with the observed answers", true);
  verb.add_option("--predictions", arguments.predictions, "predictions.jsonl; one or more files")
      ->type_name("FILE")
      ->required();
  addSurveyOptions(verb, arguments.train, "--train",
                   "survey with the items the model learned from; baselines learn from it too",
                   false);
  addNeighborsOption(verb, arguments.options.neighbors);
  verb.add_option(
          "--n", arguments.options.respondents,
          "respondents per item, for the noise ceiling of items that have neither n_eff nor n")
      ->check(number(1.0, 1e9));
  verb.add_option("--cutoff", arguments.options.cutoff,
                  "the model's training cut-off, such as 2024-06: are items that were asked before "
                  "it predicted better?")
      ->type_name("DATE");
  addBootstrapOptions(verb, arguments.options.bootstrap, "questions and populations");
  verb.add_option("--bins", arguments.options.bins, "number of bins of the reliability curves")
      ->check(wholeNumber(1, 1000))
      ->capture_default_str();
  verb.add_option("--by", arguments.by,
                  "also show one metric by topic, by population, or by both (topic,population)")
      ->delimiter(',')
      ->check(CLI::IsMember({"topic", "population"}));
  verb.add_option("--metric", arguments.text.metric,
                  "metric that --by and the comparison with real samples show")
      ->type_name("NAME")
      ->capture_default_str();
  verb.add_option("--examples", arguments.text.examples, "number of best and worst items to list")
      ->check(wholeNumber(0))
      ->capture_default_str();
  addJsonOption(verb, arguments.json, {"--by", "--metric", "--examples"});
}

}  // namespace

void addEvaluate(CLI::App& app) {
  auto arguments = std::make_shared<EvaluateArguments>();
  CLI::App& verb =
      *app.add_subcommand("evaluate", "Measure predictions against what people answered");
  addEvaluateOptions(verb, *arguments);
  verb.footer(
      "Example:\n  canvass evaluate --survey held-out.jsonl --train train.jsonl "
      "--predictions predictions.jsonl --json");
  verb.callback([arguments] { runEvaluate(*arguments); });
}

}  // namespace canvass
