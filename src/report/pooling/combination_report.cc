#include "report/pooling/combination_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "predictions/named_predictions.h"
#include "report/json_parts.h"
#include "report/terminal/terminal.h"

namespace canvass {
namespace {

std::string weightTable(const Stacking& stacking, const TerminalStyle& style) {
  const std::size_t width = usableWidth(style) - 28;
  const std::vector<std::string> names = runTitles(stacking.names);
  std::string text = fmt::format("{}  weight   JS similarity\n", padRight("", width));
  for (std::size_t m = 0; m < names.size(); ++m) {
    text +=
        fmt::format("{}  {:>6.3f}  {:>14.3f}\n", padRight(shortened(names[m], width, style), width),
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

// The user should know if a predictor does as well alone.
std::string caution(const Stacking& stacking, const TerminalStyle& style) {
  const auto best = std::ranges::max_element(stacking.inputSimilarities);
  const double pooled = std::ranges::max(stacking.trials, {}, &PoolTrial::similarity).similarity;
  if (pooled > *best) return {};
  const auto index = static_cast<std::size_t>(best - stacking.inputSimilarities.begin());
  return paragraph(fmt::format("{} alone does as well: nothing is gained by combining.",
                               runTitles(stacking.names)[index]),
                   style);
}

}  // namespace

Json combinationToJson(const Stacking& stacking, const CombinedPredictions& combined) {
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
          {"validation_skipped", skippedJson(stacking.skipped)},
          {"predictions", combined.predictions.predictions.size()},
          {"skipped", skippedJson(combined.skipped)}};
}

std::string combinationText(const Stacking& stacking, const CombinedPredictions& combined,
                            const TerminalStyle& style) {
  return weightTable(stacking, style) + caution(stacking, style) +
         leftOutText(stacking.skipped, "validation item", style) +
         leftOutText(combined.skipped, "item", style);
}

}  // namespace canvass
