#include "tasks/interval_task.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "intervals/trusted_size.h"

namespace canvass {
namespace {

const char* nameOf(NewBy newBy) {
  if (newBy == NewBy::question) return "question";
  return newBy == NewBy::population ? "population" : "cell";
}

void setIntervals(const std::vector<Interval>& intervals, Prediction& prediction) {
  for (const Interval& one : intervals) {
    prediction.low.push_back(one.low);
    prediction.high.push_back(one.high);
  }
}

double meanWidth(const std::vector<Interval>& intervals) {
  double sum = 0.0;
  for (const Interval& one : intervals) sum += one.high - one.low;
  return sum / static_cast<double>(intervals.size());
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

PredictedIntervals predictIntervals(const IntervalTask& task) {
  CalibrationItems calibration = calibrationItems(task.survey, task.predictions);
  const std::vector<CalibrationItem>& items = calibration.items;
  if (items.empty()) {
    throw Error("no item of the survey was both observed and predicted", task.survey.name,
                "give predictions of validation items as well as of new ones");
  }
  const IntervalModel model(items, task.plan);
  std::set<ItemId> learned;
  for (const CalibrationItem& item : items) learned.insert({item.question, item.population});
  PredictedIntervals result;
  static_cast<PredictionSource&>(result.predictions) = task.predictions;
  result.predictions.intervals = {task.plan.level, nameOf(task.plan.newBy), task.plan.respondents,
                                  model.items(), model.groups()};
  std::vector<double> respondents;
  for (Prediction prediction : task.predictions.predictions) {
    if (learned.contains(idOf(prediction))) continue;
    prediction.low.clear();
    prediction.high.clear();
    if (prediction.failure.empty()) {
      const auto& [question, population] = idOf(prediction);
      const auto intervals = model.of(question, population, prediction.probabilities);
      setIntervals(intervals, prediction);
      result.meanWidth += meanWidth(intervals);
      respondents.push_back(
          model.respondentsAsGoodAs(question, population, prediction.probabilities));
    }
    result.predictions.predictions.push_back(std::move(prediction));
  }
  if (!respondents.empty()) {
    result.meanWidth /= static_cast<double>(respondents.size());
    result.respondentsAsGoodAs = median(std::move(respondents));
  }
  result.quantile = model.quantile();
  result.trustedRespondents = trustedRespondents(items, task.plan);
  result.skipped = std::move(calibration.skipped);
  auto checked = checkIntervals(items, task.plan, task.seed);
  if (!checked.empty()) {
    result.check = {*result.predictions.intervals, coverageOf(std::move(checked))};
  }
  return result;
}

}  // namespace canvass
