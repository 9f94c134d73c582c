#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/messages.h"
#include "cli/number_checks.h"
#include "cli/options.h"
#include "cli/terminal_progress.h"
#include "cli/verbs.h"
#include "tasks/baseline_task.h"

namespace canvass {
namespace {

struct BaselineArguments {
  SurveyArguments items;
  SurveyArguments train;
  BaselineTask task;
  std::string output;
};

std::string helpOnBaselines() {
  std::string text;
  for (const Baseline& baseline : baselines()) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", baseline.id, baseline.summary);
  }
  return text;
}

void runBaseline(BaselineArguments& arguments) {
  BaselineTask& task = arguments.task;
  findBaseline(task.name);  // before surveys are read
  task.items = arguments.items.load();
  task.training = arguments.train.loadIfGiven();
  TerminalProgress progress("predicting", "items");
  const Predictions predictions = predictByBaseline(task, progress);
  writePredictions(predictions, arguments.output);
  const std::size_t predicted = predictions.predictions.size();
  say(fmt::format("{} written to {}; {} without one", counted(predicted, "prediction"),
                  arguments.output, counted(task.items.items.size() - predicted, "item")));
}

}  // namespace

void addBaseline(CLI::App& app) {
  auto arguments = std::make_shared<BaselineArguments>();
  BaselineOptions& options = arguments->task.options;
  CLI::App& verb = *app.add_subcommand("baseline", "Predict with a simple baseline");
  verb.add_option("name", arguments->task.name, helpOnBaselines())->type_name("NAME")->required();
  addSurveyOptions(verb, arguments->items, "--items", "survey with the items to predict", true);
  refuseRenamed(verb, "--survey", "--items");
  addSurveyOptions(verb, arguments->train, "--train", "survey with the items to learn from", false);
  verb.add_option("--neighbours", options.neighbors,
                  "number of populations that nearest_populations averages; by default chosen on "
                  "the training items")
      ->check(wholeNumber(1));
  verb.add_option("--sample-size", options.respondents,
                  "number of people that respondents draws for each item")
      ->check(wholeNumber(1));
  refuseRenamed(verb, "--n", "--sample-size");
  verb.add_option("--seed", options.seed,
                  "random seed of respondents, other_population, low_rank and best_linear")
      ->check(seedNumber());
  verb.add_option("-o,--output", arguments->output, "predictions.jsonl to write")
      ->type_name("FILE")
      ->required();
  verb.footer(
      "Example:\n  canvass baseline low_rank --items held-out.jsonl --train train.jsonl "
      "-o low-rank.jsonl");
  verb.callback([arguments] { runBaseline(*arguments); });
}

}  // namespace canvass
