#include "baselines/answered_cells.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/list_text.h"
#include "base/random.h"
#include "baselines/predict_each.h"
#include "baselines/training_table.h"
#include "stats/metrics.h"
#include "survey/item_set.h"

namespace canvass {

AnsweredCells cellsToLearnFrom(const Survey& training, const Survey& items, std::size_t minCells) {
  const ItemSet toPredict(items);
  AnsweredCells cells;
  for (const Item& item : training.items) {
    if (!item.observed || toPredict.contains(training, item)) continue;
    cells.push_back({item.population, item.question, &*item.observed});
  }
  if (cells.size() < minCells) {
    throw Error(
        fmt::format("{} apart from those to predict: too few to learn from",
                    cells.empty() ? "no training item" : counted(cells.size(), "training item")),
        {}, "predict items that are not in the training survey");
  }
  return cells;
}

AnsweredCells shuffledCells(AnsweredCells cells, std::uint64_t seed, std::string_view stream) {
  RandomStream random(seed, stream);
  random.shuffle(cells);
  return cells;
}

double crossValidate(const AnsweredCells& cells, std::size_t folds,
                     const std::function<CellPredictor(const AnsweredCells&)>& fit) {
  double sum = 0.0;
  std::size_t predicted = 0;
  for (std::size_t fold = 0; fold < folds; ++fold) {
    AnsweredCells others;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i % folds != fold) others.push_back(cells[i]);
    }
    const CellPredictor predict = fit(others);
    for (std::size_t i = fold; i < cells.size(); i += folds) {
      const Distribution shares = predict(cells[i].population, cells[i].question);
      if (shares.empty()) continue;
      sum += jsSimilarity(*cells[i].shares, shares);
      ++predicted;
    }
  }
  return predicted > 0 ? sum / static_cast<double>(predicted) : 0.0;
}

Predictions predictCells(std::string_view name, const Survey& training, const Survey& items,
                         const CellPredictor& predictor) {
  const TrainingTable table(training);
  return predictEach(name, items, [&](const Item& item) {
    const auto question = table.question(items.questionOf(item));
    const auto population = table.population(items.populationOf(item));
    return question && population ? predictor(*population, *question) : Distribution{};
  });
}

}  // namespace canvass
