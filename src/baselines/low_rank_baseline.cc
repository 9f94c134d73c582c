#include "baselines/low_rank_baseline.h"

#include <memory>

namespace canvass {
namespace {

CellPredictor fitLowRank(const AnsweredCells& cells, const LowRankSettings& settings,
                         std::uint64_t seed) {
  const auto model = std::make_shared<const LowRankModel>(cells, settings, seed);
  return [model](std::size_t population, std::size_t question) {
    return model->predict(population, question);
  };
}

}  // namespace

LowRankPredictions predictLowRank(const Survey& training, const Survey& items,
                                  const LowRankBaselineOptions& options) {
  const AnsweredCells cells = cellsToLearnFrom(training, items, options.folds);
  const AnsweredCells shuffled = shuffledCells(cells, options.seed, "low-rank folds");
  LowRankPredictions result;
  for (const std::size_t rank : options.ranks) {
    for (const double ridge : options.ridges) {
      const LowRankSettings settings{rank, ridge};
      const double similarity = crossValidate(
          shuffled, options.folds,
          [&](const AnsweredCells& others) { return fitLowRank(others, settings, options.seed); });
      if (similarity <= result.similarity) continue;
      result.similarity = similarity;
      result.settings = settings;
    }
  }
  result.predictions =
      predictCells("low_rank", training, items, fitLowRank(cells, result.settings, options.seed));
  return result;
}

}  // namespace canvass
