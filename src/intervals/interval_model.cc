#include "intervals/interval_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "base/random.h"
#include "intervals/conformal_quantile.h"

namespace canvass {
namespace {

constexpr std::size_t folds = 10;

const char* groupsOf(NewBy newBy) {
  constexpr std::array names{"items", "questions", "populations"};
  return names[static_cast<std::size_t>(newBy)];
}

// The largest error of an item's shares, each in units of its standard deviation.
double scoreOf(const CalibrationItem& item, double scale) {
  double largest = 0.0;
  for (std::size_t k = 0; k < item.predicted.size(); ++k) {
    const double error = std::abs(item.observed[k] - item.predicted[k]);
    const double variance = scale * shareVariance(item.predicted[k]) + item.samplingVariances[k];
    if (error > 0.0) {
      largest = std::max(largest, variance > 0.0 ? error / std::sqrt(variance)
                                                 : std::numeric_limits<double>::infinity());
    }
  }
  return largest;
}

std::set<std::string> groupsIn(std::span<const CalibrationItem> items, NewBy newBy) {
  std::set<std::string> groups;
  for (const CalibrationItem& item : items) groups.insert(groupOf(item, newBy));
  return groups;
}

}  // namespace

std::string groupOf(const CalibrationItem& item, NewBy newBy) {
  if (newBy == NewBy::question) return item.question;
  if (newBy == NewBy::population) return item.population;
  return item.question + '\0' + item.population;
}

IntervalModel::IntervalModel(std::span<const CalibrationItem> items, const IntervalPlan& plan)
    : plan_(plan), scale_(items, plan.newBy), items_(items.size()) {
  groups_ = groupsIn(items, plan.newBy).size();
  if (groups_ < fewestGroups(plan.level)) {
    throw Error(
        fmt::format("intervals of {:g}% need {} {} that were observed and predicted, and "
                    "there are {}",
                    100.0 * plan.level, fewestGroups(plan.level), groupsOf(plan.newBy), groups_),
        {}, "give more of them, or a lower --level");
  }
  std::vector<GroupedScore> scores;
  for (const CalibrationItem& item : items) {
    scores.push_back({scoreOf(item, scale_.without(item)), groupOf(item, plan.newBy)});
  }
  quantile_ = conformalQuantile(std::move(scores), plan.level);
}

std::vector<Interval> IntervalModel::intervals(double scale, const Distribution& predicted,
                                               const std::vector<double>& samplingVariances) const {
  std::vector<Interval> all;
  for (std::size_t k = 0; k < predicted.size(); ++k) {
    const double variance = scale * shareVariance(predicted[k]) + samplingVariances[k];
    const double half = variance > 0.0 ? quantile_ * std::sqrt(variance) : 0.0;
    all.push_back({std::max(0.0, predicted[k] - half), std::min(1.0, predicted[k] + half)});
  }
  return all;
}

std::vector<Interval> IntervalModel::of(const std::string& question, const std::string& population,
                                        const Distribution& predicted) const {
  std::vector<double> sampling(predicted.size(), 0.0);
  for (std::size_t k = 0; plan_.respondents && k < predicted.size(); ++k) {
    sampling[k] = predicted[k] * (1.0 - predicted[k]) / *plan_.respondents;
  }
  return intervals(scale_.of(question, population, predicted.size()), predicted, sampling);
}

std::vector<Interval> IntervalModel::of(const CalibrationItem& item) const {
  return intervals(scale_.of(item.question, item.population, item.predicted.size()), item.predicted,
                   item.samplingVariances);
}

double IntervalModel::respondentsAsGoodAs(const std::string& question,
                                          const std::string& population,
                                          const Distribution& predicted) const {
  const double scale = scale_.of(question, population, predicted.size());
  double ofOne = 0.0;  // the variance of a sample of one respondent
  double ofPrediction = 0.0;
  for (const double share : predicted) {
    ofOne += share * (1.0 - share);
    ofPrediction += scale * shareVariance(share);
  }
  return ofPrediction > 0.0 ? ofOne / ofPrediction : std::numeric_limits<double>::infinity();
}

std::vector<CheckedInterval> checkIntervals(std::span<const CalibrationItem> items,
                                            const IntervalPlan& plan, std::uint64_t seed) {
  const std::set<std::string> groups = groupsIn(items, plan.newBy);
  std::vector<std::string> order(groups.begin(), groups.end());
  RandomStream(seed, "interval folds").shuffle(order);
  std::map<std::string, std::size_t> foldOf;
  for (std::size_t i = 0; i < order.size(); ++i) foldOf[order[i]] = i % folds;
  std::vector<CheckedInterval> checked(items.size());
  for (std::size_t fold = 0; fold < folds; ++fold) {
    std::vector<CalibrationItem> others;
    for (const CalibrationItem& item : items) {
      if (foldOf.at(groupOf(item, plan.newBy)) != fold) others.push_back(item);
    }
    if (groupsIn(others, plan.newBy).size() < fewestGroups(plan.level)) return {};
    const IntervalModel model(others, plan);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const CalibrationItem& item = items[i];
      if (foldOf.at(groupOf(item, plan.newBy)) != fold) continue;
      checked[i] = checkedInterval(item, model.of(item));
    }
  }
  return checked;
}

}  // namespace canvass
