#include "baselines/low_rank_baseline.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/random.h"
#include "baselines/predict_each.h"
#include "baselines/training_table.h"
#include "stats/metrics.h"

namespace canvass {
namespace {

using Cells = std::vector<AnsweredCell>;

// The observed items of the training survey but those that are to be predicted.
Cells cellsToLearnFrom(const Survey& training, const Survey& items) {
  const SurveyIndex toPredict(items);
  const auto isPredicted = [&](const Item& item) {
    const auto question = toPredict.question(training.questionOf(item).id);
    const auto population = toPredict.population(training.populationOf(item).id);
    return question && population && toPredict.item(*question, *population);
  };
  Cells cells;
  for (const Item& item : training.items) {
    if (!item.observed || isPredicted(item)) continue;
    cells.push_back({item.population, item.question, &*item.observed});
  }
  return cells;
}

// Mean js_similarity over the cells that can be predicted, each by a model of the other folds.
double crossValidate(const Cells& cells, const LowRankSettings& settings,
                     const LowRankBaselineOptions& options) {
  double sum = 0.0;
  std::size_t predicted = 0;
  for (std::size_t fold = 0; fold < options.folds; ++fold) {
    Cells others;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i % options.folds != fold) others.push_back(cells[i]);
    }
    const LowRankModel model(others, settings, options.seed);
    for (std::size_t i = fold; i < cells.size(); i += options.folds) {
      const Distribution shares = model.predict(cells[i].population, cells[i].question);
      if (shares.empty()) continue;
      sum += jsSimilarity(*cells[i].shares, shares);
      ++predicted;
    }
  }
  return predicted > 0 ? sum / static_cast<double>(predicted) : 0.0;
}

}  // namespace

LowRankPredictions predictLowRank(const Survey& training, const Survey& items,
                                  const LowRankBaselineOptions& options) {
  const Cells cells = cellsToLearnFrom(training, items);
  if (cells.size() < options.folds) {
    throw Error(fmt::format("{} training items besides those to predict: too few to learn from",
                            cells.size()),
                {}, "predict items that the training survey does not hold");
  }
  Cells shuffled = cells;
  RandomStream random(options.seed, "low-rank folds");
  random.shuffle(shuffled);
  LowRankPredictions result;
  for (const std::size_t rank : options.ranks) {
    for (const double ridge : options.ridges) {
      const double similarity = crossValidate(shuffled, {rank, ridge}, options);
      if (similarity <= result.similarity) continue;
      result.similarity = similarity;
      result.settings = {rank, ridge};
    }
  }
  const LowRankModel model(cells, result.settings, options.seed);
  const TrainingTable table(training);
  result.predictions = predictEach("low_rank", items, [&](const Item& item) {
    const auto question = table.question(items.questionOf(item));
    const auto population = table.population(items.populationOf(item));
    return question && population ? model.predict(*population, *question) : Distribution{};
  });
  return result;
}

}  // namespace canvass
