#include "baselines/best_linear_baseline.h"

#include <memory>

namespace canvass {
namespace {

CellPredictor fitBestLinear(const AnsweredCells& cells, const BestLinearSettings& settings) {
  const auto model = std::make_shared<const BestLinearModel>(cells, settings);
  return [model](std::size_t population, std::size_t question) {
    return model->predict(population, question);
  };
}

}  // namespace

BestLinearPredictions predictBestLinear(const Survey& training, const Survey& items,
                                        const BestLinearBaselineOptions& options) {
  const AnsweredCells cells = cellsToLearnFrom(training, items, options.folds);
  const AnsweredCells shuffled = shuffledCells(cells, options.seed, "best linear folds");
  BestLinearPredictions result;
  for (const double shrinkage : options.shrinkages) {
    const BestLinearSettings settings{shrinkage};
    const double similarity =
        crossValidate(shuffled, options.folds,
                      [&](const AnsweredCells& others) { return fitBestLinear(others, settings); });
    if (similarity <= result.similarity) continue;
    result.similarity = similarity;
    result.settings = settings;
  }
  result.predictions =
      predictCells("best_linear", training, items, fitBestLinear(cells, result.settings));
  return result;
}

}  // namespace canvass
