#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "intervals/calibration_items.h"
#include "stats/crossed_bootstrap.h"

namespace canvass {

// One observed item and the intervals that were predicted for its shares.
struct CheckedInterval {
  std::string question;  // ids
  std::string population;
  std::string topic;
  bool isCovered = false;  // all shares are within their intervals
  double width = 0.0;      // mean over the options
};

CheckedInterval checkedInterval(const CalibrationItem& item,
                                const std::vector<Interval>& intervals);

// Of the observed items whose predictions have intervals.
std::vector<CheckedInterval> checkedIntervals(const Survey& observed,
                                              const Predictions& predictions);

// Of some items, how many are covered.
struct CoveredShare {
  std::string name;
  std::size_t items = 0;
  std::size_t covered = 0;
  double width = 0.0;  // mean

  double coverage() const { return static_cast<double>(covered) / static_cast<double>(items); }
};

struct IntervalCoverage {
  CoveredShare all;
  std::vector<CoveredShare> byTopic;       // in the order of names
  std::vector<CoveredShare> byPopulation;  // in the order of names
  // Four parts of the items, from the narrowest intervals to the widest.
  std::vector<CoveredShare> byWidth;
};

// How often intervals that say how often they hold did.
struct IntervalCheck {
  IntervalSource source;
  IntervalCoverage coverage;
};

// Of predictions with intervals; nothing if they have none, or none of an observed item.
std::optional<IntervalCheck> checkOf(const Survey& observed, const Predictions& predictions);

// Of at least one item.
IntervalCoverage coverageOf(std::vector<CheckedInterval> checked);

// The one with the lowest coverage among those of at least ten items; null if there is none.
const CoveredShare* worstCovered(const std::vector<CoveredShare>& groups);

}  // namespace canvass
