#include "intervals/error_scale.h"

#include <algorithm>

#include "base/error.h"

namespace canvass {
namespace {

// Errors near 0 and 1 are smaller, but never nothing.
constexpr double leastShareVariance = 0.05;
// As many items of the average error are added to those of a question or population, and these to
// those of a number of options.
constexpr double averageItems = 10.0;
constexpr double averageItemsOfOptions = 20.0;
// Of the average: what sampling explains is an estimate, and could leave nothing.
constexpr double leastFactor = 0.1;

// The mean over options of the squared error less what sampling explains.
double squaredError(const CalibrationItem& item) {
  double sum = 0.0;
  for (std::size_t k = 0; k < item.predicted.size(); ++k) {
    const double error = item.observed[k] - item.predicted[k];
    sum += (error * error - item.samplingVariances[k]) / shareVariance(item.predicted[k]);
  }
  return sum / static_cast<double>(item.predicted.size());
}

// The same without that: what the variance is if sampling explains more than there is.
double wholeSquaredError(const CalibrationItem& item) {
  CalibrationItem whole = item;
  whole.samplingVariances.assign(item.predicted.size(), 0.0);
  return squaredError(whole);
}

}  // namespace

double shareVariance(double predicted) {
  return predicted * (1.0 - predicted) + leastShareVariance;
}

double ErrorScale::Factor::value(double left, std::size_t leftItems) const {
  const double count = static_cast<double>(items - leftItems) + averageItems;
  return std::max(leastFactor, (sum - left + averageItems) / count);
}

ErrorScale::ErrorScale(std::span<const CalibrationItem> items, NewBy newBy) {
  if (items.empty()) throw Error("there is no item to learn intervals from");
  double whole = 0.0;
  std::map<std::size_t, std::pair<double, double>> sums;  // errors and items, by options
  for (const CalibrationItem& item : items) {
    all_ += squaredError(item);
    whole += wholeSquaredError(item);
    auto& [errors, count] = sums[item.predicted.size()];
    errors += squaredError(item);
    count += 1.0;
  }
  all_ = std::max(all_, leastFactor * whole) / static_cast<double>(items.size());
  for (const auto& [options, sum] : sums) {
    const double mean =
        (sum.first + averageItemsOfOptions * all_) / (sum.second + averageItemsOfOptions);
    byOptions_[options] = std::max(leastFactor * all_, mean);
  }
  for (const CalibrationItem& item : items) {
    const auto add = [&](Factor& factor) {
      factor.sum += relative(item);
      ++factor.items;
    };
    if (newBy != NewBy::question) add(byQuestion_[item.question]);
    if (newBy != NewBy::population) add(byPopulation_[item.population]);
  }
}

double ErrorScale::common(std::size_t options) const {
  const auto found = byOptions_.find(options);
  return found == byOptions_.end() ? all_ : found->second;
}

double ErrorScale::relative(const CalibrationItem& item) const {
  const double scale = common(item.predicted.size());
  return scale > 0.0 ? squaredError(item) / scale : 1.0;
}

double ErrorScale::of(const std::string& question, const std::string& population,
                      std::size_t options) const {
  double variance = common(options);
  for (const auto& [factors, id] :
       {std::pair(&byQuestion_, &question), std::pair(&byPopulation_, &population)}) {
    const auto found = factors->find(*id);
    if (found != factors->end()) variance *= found->second.value();
  }
  return variance;
}

double ErrorScale::without(const CalibrationItem& item) const {
  double variance = common(item.predicted.size());
  for (const auto& [factors, id] :
       {std::pair(&byQuestion_, &item.question), std::pair(&byPopulation_, &item.population)}) {
    const auto found = factors->find(*id);
    if (found != factors->end()) variance *= found->second.value(relative(item), 1);
  }
  return variance;
}

}  // namespace canvass
