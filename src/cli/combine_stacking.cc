#include "cli/combine_stacking.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "base/file.h"
#include "pooling/learners.h"
#include "pooling/stacking.h"

namespace canvass {
namespace {

Json skippedToJson(const std::vector<Skipped>& skipped) {
  Json list = Json::array();
  for (const Skipped& item : skipped) {
    list.push_back(
        {{"question", item.question}, {"population", item.population}, {"reason", item.reason}});
  }
  return list;
}

Json toJson(const Stacking& stacking, const CombinedPredictions& combined) {
  Json inputs = Json::array();
  for (std::size_t m = 0; m < stacking.names.size(); ++m) {
    inputs.push_back({{"name", stacking.names[m]},
                      {"weight", stacking.pool.weights[m]},
                      {"js_similarity", stacking.inputSimilarities[m]}});
  }
  Json pools = Json::object();
  for (const PoolTrial& trial : stacking.trials) pools[poolName(trial.kind)] = trial.similarity;
  return {{"pool", poolName(stacking.pool.kind)},
          {"inputs", std::move(inputs)},
          {"cross_validated_js_similarity", std::move(pools)},
          {"validation_items", stacking.items},
          {"validation_questions", stacking.questions},
          {"validation_skipped", skippedToJson(stacking.skipped)},
          {"predictions", combined.predictions.predictions.size()},
          {"skipped", skippedToJson(combined.skipped)}};
}

std::string weightTable(const Stacking& stacking, const TerminalStyle& style) {
  const std::size_t width = usableWidth(style) - 28;
  std::string text = fmt::format("{}  weight   JS similarity\n", padRight("", width));
  for (std::size_t m = 0; m < stacking.names.size(); ++m) {
    text += fmt::format("{}  {:>6.3f}  {:>14.3f}\n",
                        padRight(shortened(stacking.names[m], width, style), width),
                        stacking.pool.weights[m], stacking.inputSimilarities[m]);
  }
  for (const PoolTrial& trial : stacking.trials) {
    const bool chosen = trial.kind == stacking.pool.kind;
    text +=
        fmt::format("{}  {:>6}  {:>14.3f}\n",
                    padRight(fmt::format("{} pool, cross-validated", poolName(trial.kind)), width),
                    chosen ? "chosen" : "", trial.similarity);
  }
  return text + fmt::format("over {} of {}\n", counted(stacking.items, "validation item"),
                            counted(stacking.questions, "question"));
}

// Where a predictor does as well alone, the user should hear it.
std::string caution(const Stacking& stacking) {
  const auto best = std::ranges::max_element(stacking.inputSimilarities);
  const double pooled = std::ranges::max(stacking.trials, {}, &PoolTrial::similarity).similarity;
  if (pooled > *best) return {};
  return fmt::format(
      "{} alone does as well: nothing is gained by combining.\n",
      stacking.names[static_cast<std::size_t>(best - stacking.inputSimilarities.begin())]);
}

void tellSkippedItems(const std::vector<Skipped>& skipped, const char* what) {
  if (skipped.empty()) return;
  print(fmt::format("{} left out, such as question {} and population {} ({})\n",
                    counted(skipped.size(), what), skipped.front().question,
                    skipped.front().population, skipped.front().reason));
}

struct Surveys {
  Survey validation;
  std::optional<Survey> training;
  Survey items;
};

void addBaselines(const StackingArguments& arguments, const Surveys& surveys,
                  std::vector<StackingInput>& inputs) {
  if (arguments.baselines.empty()) return;
  if (!surveys.training) {
    throw Error("baselines learn from other items", {}, "give them with --train");
  }
  for (const std::string& name : arguments.baselines) {
    inputs.push_back(predictForStacking(learnerNamed(name), *surveys.training, surveys.validation,
                                        surveys.items, arguments.seed));
  }
}

Surveys loadSurveys(const StackingArguments& arguments, const std::vector<StackingInput>& inputs) {
  Surveys surveys{arguments.validation.load(), {}, {}};
  std::vector<const Survey*> known = {&surveys.validation};
  if (!arguments.train.files.empty()) {
    surveys.training = arguments.train.load();
    known.push_back(&*surveys.training);
  }
  surveys.items = arguments.items.files.empty() ? itemsToCombine(inputs, surveys.validation, known)
                                                : arguments.items.load();
  if (surveys.items.items.empty()) {
    throw Error("there is no item to predict besides those that weights are fitted on", {},
                "give predictions of further items, or name them with --items");
  }
  return surveys;
}

}  // namespace

void runStacking(const StackingArguments& arguments) {
  std::vector<StackingInput> inputs;
  requireDistinctFiles({arguments.predictions.begin(), arguments.predictions.end()});
  for (const std::string& file : arguments.predictions) {
    inputs.push_back({file, readPredictions(file)});
  }
  const Surveys surveys = loadSurveys(arguments, inputs);
  addBaselines(arguments, surveys, inputs);
  const Stacking stacking = fitStacking(surveys.validation, inputs, {.seed = arguments.seed});
  const CombinedPredictions combined = combine(stacking, surveys.validation, surveys.items, inputs);
  if (combined.predictions.predictions.empty()) {
    throw Error("no item has a prediction of every input", {}, combined.skipped.front().reason);
  }
  writePredictions(combined.predictions, arguments.output);
  arguments.json.write(toJson(stacking, combined));
  if (arguments.json.toStandardOutput()) return;
  print(weightTable(stacking, terminalStyle()) + caution(stacking));
  tellSkippedItems(stacking.skipped, "validation item");
  tellSkippedItems(combined.skipped, "item");
  print(fmt::format("{} predictions written to {}\n", combined.predictions.predictions.size(),
                    arguments.output));
}

}  // namespace canvass
