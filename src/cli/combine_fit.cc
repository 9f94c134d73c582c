#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/combine_verbs.h"
#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "report/pooling/combination_report.h"
#include "tasks/combine_task.h"

namespace canvass {
namespace {

struct CombineFitArguments {
  SurveyArguments survey;
  SurveyArguments items;
  SurveyArguments train;
  std::vector<std::string> predictions;
  CombineTask task;
  std::string output;
  JsonOutput json;
};

void runCombineFit(CombineFitArguments& arguments) {
  CombineTask& task = arguments.task;
  task.predictions = readNamedPredictions(arguments.predictions);
  task.validation = arguments.survey.load();
  task.training = arguments.train.loadIfGiven();
  task.items = arguments.items.loadIfGiven();
  const auto [stacking, combined] = combinePredictors(task);
  writePredictions(combined.predictions, arguments.output);
  arguments.json.write(combinationToJson(stacking, combined));
  if (arguments.json.toStandardOutput()) return;
  print(combinationText(stacking, combined, terminalStyle()));
  say(fmt::format("{} written to {}",
                  counted(combined.predictions.predictions.size(), "prediction"),
                  arguments.output));
}

}  // namespace

void addCombineFit(CLI::App& combine) {
  auto arguments = std::make_shared<CombineFitArguments>();
  CLI::App& verb = *combine.add_subcommand("fit",
                                           "Fit weights of several predictors to observed items, "
                                           "and predict other items with all of them");
  addSurveyOptions(
      verb, arguments->survey, "--survey",
      "survey with the observed validation items, which determine the predictors' weights", true);
  verb.add_option("--predictions", arguments->predictions,
                  "predictions.jsonl of a predictor, for validation items and others; one or more")
      ->type_name("FILE");
  addSurveyOptions(verb, arguments->train, "--train",
                   "survey with the items that baselines learn from", false);
  verb.add_option("--baseline", arguments->task.baselines,
                  "baseline to include: question_mean, nearest_populations, low_rank or "
                  "best_linear; one or more")
      ->type_name("NAME");
  addSurveyOptions(
      verb, arguments->items, "--items",
      "survey with the items to predict; by default all predicted items except validation items",
      false);
  verb.add_option("--seed", arguments->task.seed,
                  "random seed of the folds and of the baselines' draws")
      ->check(seedNumber())
      ->capture_default_str();
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")
      ->type_name("FILE")
      ->required();
  addJsonOption(verb, arguments->json);
  verb.footer(
      "Example:\n"
      "  canvass combine fit --survey validation.jsonl --predictions tuned.jsonl \\\n"
      "      --train train.jsonl --baseline best_linear -o combined.jsonl");
  verb.callback([arguments] { runCombineFit(*arguments); });
}

}  // namespace canvass
