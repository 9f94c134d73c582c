#include "tasks/recalibrate_task.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "evaluation/evaluation.h"
#include "evaluation/reliability.h"

namespace canvass {
namespace {

FitFigures figuresOf(const Survey& observed, const Predictions& predictions,
                     const std::vector<std::size_t>& items) {
  const Evaluation evaluation = evaluate(observed, predictions, {.only = items});
  const Calibration calibration = calibrationOf(observed, evaluation);
  return {evaluation.metrics, calibration.equalWidth.error, calibration.shares.error};
}

std::vector<std::size_t> itemsFittedTo(const Survey& observed, const Calibrator& calibrator) {
  const SurveyIndex index(observed);
  std::vector<std::size_t> items;
  for (const auto& [question, population] : calibrator.items) {
    items.push_back(*index.item(*index.question(question), *index.population(population)));
  }
  return items;
}

}  // namespace

JudgedCalibrator fitAndJudgeCalibrator(const Survey& observed, const Predictions& predictions,
                                       CalibrationMethod method) {
  JudgedCalibrator result{fitCalibrator(observed, predictions, method), {}, {}};
  const Calibrator& calibrator = result.fit.calibrator;
  const std::vector<std::size_t> items = itemsFittedTo(observed, calibrator);
  result.before = figuresOf(observed, predictions, items);
  result.after = figuresOf(observed, recalibrated(calibrator, predictions), items);
  return result;
}

RecalibratedPredictions applyCalibrator(const Calibrator& calibrator, Predictions predictions,
                                        bool skipFitted) {
  const std::set<std::pair<std::string, std::string>> fitted(calibrator.items.begin(),
                                                             calibrator.items.end());
  const auto wasFitted = [&](const Prediction& prediction) {
    return fitted.contains({prediction.question, prediction.population});
  };
  RecalibratedPredictions result;
  result.given = predictions.predictions.size();
  result.fittedTo =
      static_cast<std::size_t>(std::ranges::count_if(predictions.predictions, wasFitted));
  if (skipFitted) std::erase_if(predictions.predictions, wasFitted);
  if (predictions.predictions.empty()) {
    throw Error("no prediction is left", {}, "predict items that the calibrator was not fitted to");
  }
  result.predictions = recalibrated(calibrator, predictions);
  return result;
}

}  // namespace canvass
