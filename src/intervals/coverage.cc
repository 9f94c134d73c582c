#include "intervals/coverage.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

namespace canvass {
namespace {

constexpr std::size_t itemsToJudge = 10;

bool covers(const std::vector<Interval>& intervals, const Distribution& shares) {
  constexpr double rounding = 1e-12;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (shares[k] < intervals[k].low - rounding || shares[k] > intervals[k].high + rounding) {
      return false;
    }
  }
  return true;
}

double meanWidth(const std::vector<Interval>& intervals) {
  double sum = 0.0;
  for (const Interval& one : intervals) sum += one.high - one.low;
  return sum / static_cast<double>(intervals.size());
}

CoveredShare sharedBy(std::string name, std::span<const CheckedInterval> checked) {
  CoveredShare result{std::move(name), checked.size(), 0, 0.0};
  for (const CheckedInterval& one : checked) {
    result.covered += one.isCovered ? 1 : 0;
    result.width += one.width;
  }
  if (!checked.empty()) result.width /= static_cast<double>(checked.size());
  return result;
}

std::vector<CoveredShare> coveredBy(std::span<const CheckedInterval> checked,
                                    std::string CheckedInterval::*name) {
  std::map<std::string, std::vector<CheckedInterval>> groups;
  for (const CheckedInterval& one : checked) {
    if (!(one.*name).empty()) groups[one.*name].push_back(one);
  }
  std::vector<CoveredShare> result;
  for (const auto& [group, items] : groups) result.push_back(sharedBy(group, items));
  return result;
}

// The prediction's intervals in the order of the question's labels.
std::vector<Interval> inOrder(const Prediction& prediction,
                              const std::vector<std::string>& labels) {
  std::vector<Interval> ordered;
  for (const std::string& label : labels) {
    const auto place = std::find(prediction.labels.begin(), prediction.labels.end(), label);
    const auto k = static_cast<std::size_t>(place - prediction.labels.begin());
    ordered.push_back({prediction.low[k], prediction.high[k]});
  }
  return ordered;
}

}  // namespace

CheckedInterval checkedInterval(const CalibrationItem& item,
                                const std::vector<Interval>& intervals) {
  return {item.question, item.population, item.topic, covers(intervals, item.observed),
          meanWidth(intervals)};
}

std::vector<CheckedInterval> checkedIntervals(const Survey& observed,
                                              const Predictions& predictions) {
  std::map<ItemId, const Prediction*> byIds;
  for (const Prediction& one : predictions.predictions) byIds[idOf(one)] = &one;
  std::vector<CheckedInterval> checked;
  for (const CalibrationItem& item : calibrationItems(observed, predictions).items) {
    const Prediction& prediction = *byIds.at({item.question, item.population});
    if (prediction.low.empty()) continue;
    checked.push_back(checkedInterval(item, inOrder(prediction, item.labels)));
  }
  return checked;
}

std::optional<IntervalCheck> checkOf(const Survey& observed, const Predictions& predictions) {
  if (!predictions.intervals) return std::nullopt;
  auto checked = checkedIntervals(observed, predictions);
  if (checked.empty()) return std::nullopt;
  return IntervalCheck{*predictions.intervals, coverageOf(std::move(checked))};
}

IntervalCoverage coverageOf(std::vector<CheckedInterval> checked) {
  constexpr std::array parts{"narrowest", "narrower", "wider", "widest"};
  std::stable_sort(checked.begin(), checked.end(),
                   [](const auto& one, const auto& other) { return one.width < other.width; });
  IntervalCoverage coverage{sharedBy("all", checked),
                            coveredBy(checked, &CheckedInterval::topic),
                            coveredBy(checked, &CheckedInterval::population),
                            {}};
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const std::size_t begin = part * checked.size() / parts.size();
    const std::size_t end = (part + 1) * checked.size() / parts.size();
    coverage.byWidth.push_back(
        sharedBy(parts[part], std::span(checked).subspan(begin, end - begin)));
  }
  return coverage;
}

const CoveredShare* worstCovered(const std::vector<CoveredShare>& groups) {
  const CoveredShare* worst = nullptr;
  for (const CoveredShare& one : groups) {
    if (one.items < itemsToJudge) continue;
    if (worst == nullptr || one.coverage() < worst->coverage()) worst = &one;
  }
  return worst;
}

}  // namespace canvass
