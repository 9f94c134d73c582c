#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "intervals/calibration_items.h"
#include "intervals/coverage.h"
#include "intervals/error_scale.h"
#include "stats/crossed_bootstrap.h"

namespace canvass {

struct IntervalPlan {
  NewBy newBy = NewBy::cell;
  double level = 0.9;
  // Of the simple random sample whose shares the intervals are for; nothing: for the shares of
  // everyone, as though all had been asked.
  std::optional<double> respondents = std::nullopt;
};

// The group of an item, of which others are exchangeable.
std::string groupOf(const CalibrationItem& item, NewBy newBy);

// Intervals that hold all shares of an item at once with a stated probability, learned from items
// that were observed (split conformal prediction). An error counts in units of its own standard
// deviation: what ErrorScale expects of the predictor, and what the survey's sampling adds. The
// quantile of these, over the largest of each item, makes the intervals of new items, with the
// sampling of the sample that they are for. Formulas are in docs/intervals.md.
class IntervalModel {
 public:
  // Throws Error if there are fewer groups (cells, questions or populations, by what is new) than
  // the level needs.
  IntervalModel(std::span<const CalibrationItem> items, const IntervalPlan& plan);

  // Of the shares of an item, each within 0 and 1.
  std::vector<Interval> of(const std::string& question, const std::string& population,
                           const Distribution& predicted) const;
  // The same for a sample with these variances of the observed shares.
  std::vector<Interval> of(const CalibrationItem& item) const;

  // How many respondents, drawn at random, would err as much as the prediction does.
  double respondentsAsGoodAs(const std::string& question, const std::string& population,
                             const Distribution& predicted) const;

  double quantile() const { return quantile_; }
  std::size_t items() const { return items_; }
  std::size_t groups() const { return groups_; }

 private:
  std::vector<Interval> intervals(double scale, const Distribution& predicted,
                                  const std::vector<double>& samplingVariances) const;

  IntervalPlan plan_;
  ErrorScale scale_;
  std::size_t items_ = 0;
  std::size_t groups_ = 0;
  double quantile_ = 0.0;
};

// Each item once, by ten-fold cross-validation over groups, for the survey's own sample of it; none
// if there are too few groups to leave some out.
std::vector<CheckedInterval> checkIntervals(std::span<const CalibrationItem> items,
                                            const IntervalPlan& plan, std::uint64_t seed);

}  // namespace canvass
