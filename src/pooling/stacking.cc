#include "pooling/stacking.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/list_text.h"
#include "base/random.h"
#include "pooling/matched_inputs.h"
#include "stats/metrics.h"
#include "survey/item_set.h"

namespace canvass {
namespace {

constexpr PoolKind kinds[] = {PoolKind::logarithmic, PoolKind::linear};

struct ValidationItems {
  std::vector<PoolItem> items;
  std::vector<std::size_t> questions;  // by item
};

ValidationItems validationItems(const Survey& validation, const InputMatching& matching) {
  ValidationItems result;
  for (const MatchedInputs& matched : matching.matched) {
    const Item& item = validation.items[matched.item];
    result.items.push_back({normalized(*item.observed, "observed"), matched.predicted});
    result.questions.push_back(item.question);
  }
  return result;
}

// By item, the fold of its question. Throws Error if there are fewer questions than folds.
std::vector<std::size_t> foldsOf(const std::vector<std::size_t>& questions,
                                 const StackingOptions& options) {
  std::vector<std::size_t> different = questions;
  std::ranges::sort(different);
  different.erase(std::unique(different.begin(), different.end()), different.end());
  if (different.size() < options.folds) {
    throw Error(fmt::format("the validation items that all inputs have predicted cover {}: "
                            "too few to fit weights on",
                            counted(different.size(), "question")),
                {}, fmt::format("give validation items from {} or more questions", options.folds));
  }
  RandomStream random(options.seed, "stacking folds");
  random.shuffle(different);
  std::map<std::size_t, std::size_t> folds;
  for (std::size_t i = 0; i < different.size(); ++i) folds[different[i]] = i % options.folds;
  std::vector<std::size_t> result;
  for (const std::size_t question : questions) result.push_back(folds[question]);
  return result;
}

double crossValidatedPool(PoolKind kind, const std::vector<PoolItem>& items,
                          const std::vector<std::size_t>& folds, std::size_t count) {
  double sum = 0.0;
  for (std::size_t fold = 0; fold < count; ++fold) {
    std::vector<PoolItem> others;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (folds[i] != fold) others.push_back(items[i]);
    }
    const Pool pool = fitPool(kind, others);
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (folds[i] != fold) continue;
      sum += jsSimilarity(items[i].observed, poolDistributions(pool, items[i].predicted));
    }
  }
  return sum / static_cast<double>(items.size());
}

std::vector<double> similaritiesOfInputs(const std::vector<PoolItem>& items) {
  std::vector<double> result(items.front().predicted.size(), 0.0);
  for (const PoolItem& item : items) {
    for (std::size_t m = 0; m < result.size(); ++m) {
      result[m] +=
          jsSimilarity(item.observed, item.predicted[m]) / static_cast<double>(items.size());
    }
  }
  return result;
}

void refuseValidationItems(const Survey& items, const Survey& validation) {
  const ItemSet fittedOn(validation);
  for (const Item& item : items.items) {
    if (!fittedOn.contains(items, item)) continue;
    throw Error(fmt::format("question {} and population {} are among the items to predict and "
                            "among those that weights are fitted on",
                            items.questionOf(item).id, items.populationOf(item).id),
                {}, "predict items that are not in the validation survey");
  }
}

PooledSource sourceOf(const Stacking& stacking) {
  PooledSource source;
  source.pool = poolName(stacking.pool.kind);
  source.validationItems = stacking.items;
  for (std::size_t m = 0; m < stacking.names.size(); ++m) {
    source.inputs.push_back(
        {stacking.names[m], stacking.pool.weights[m], stacking.inputSimilarities[m]});
  }
  for (const PoolTrial& trial : stacking.trials) {
    if (trial.kind == stacking.pool.kind) source.similarity = trial.similarity;
  }
  return source;
}

}  // namespace

Stacking fitStacking(const Survey& validation, const std::vector<NamedPredictions>& inputs,
                     const StackingOptions& options) {
  if (inputs.empty()) throw Error("there is nothing to combine", {}, "give predictions");
  InputMatching matching = matchInputs(validation, inputs);
  const ValidationItems fittedOn = validationItems(validation, matching);
  const std::vector<std::size_t> folds = foldsOf(fittedOn.questions, options);
  Stacking result;
  result.items = fittedOn.items.size();
  result.questions = std::set(fittedOn.questions.begin(), fittedOn.questions.end()).size();
  result.skipped = std::move(matching.skipped);
  result.inputSimilarities = similaritiesOfInputs(fittedOn.items);
  for (const NamedPredictions& input : inputs) result.names.push_back(input.name);
  for (const PoolKind kind : kinds) {
    result.trials.push_back({kind, crossValidatedPool(kind, fittedOn.items, folds, options.folds)});
  }
  const auto best = std::ranges::max_element(result.trials, {}, &PoolTrial::similarity);
  result.pool = fitPool(best->kind, fittedOn.items);
  return result;
}

CombinedPredictions combine(const Stacking& stacking, const Survey& validation, const Survey& items,
                            const std::vector<NamedPredictions>& inputs) {
  refuseValidationItems(items, validation);
  InputMatching matching = matchInputs(withPlaceholders(items), inputs);
  CombinedPredictions result;
  result.skipped = std::move(matching.skipped);
  result.predictions.model = "combination";
  result.predictions.pooled = sourceOf(stacking);
  for (const MatchedInputs& matched : matching.matched) {
    Prediction prediction = predictionFor(items, items.items[matched.item]);
    prediction.probabilities = poolDistributions(stacking.pool, matched.predicted);
    result.predictions.predictions.push_back(std::move(prediction));
  }
  return result;
}

}  // namespace canvass
