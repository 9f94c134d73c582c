#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "stats/crossed_bootstrap.h"

namespace canvass {

// The difference between two columns' means, and how it varies in the resamples.
struct PairedResamples {
  std::size_t first = 0;  // indices of the columns, first < second
  std::size_t second = 0;
  double difference = 0.0;     // mean of the first minus that of the second
  double standardError = 0.0;  // two-way clustered; 0 if the columns agree on every item
  double t = 0.0;              // difference / standardError; 0 for equal columns
  // What t would be by chance (bootstrap-t): (resampled difference - difference) / the resample's
  // own standard error. One number per resample, the same resamples for all pairs.
  std::vector<double> byChance = {};
  std::optional<Interval> interval = std::nullopt;  // 95%, of this pair alone
};

// All pairs of columns, in the order (0, 1), (0, 2), ... (1, 2), .... All columns must have numbers
// for the same items, and finite ones. Scores that differ by no more than the rounding of
// arithmetic (1e-12) are equal. Empty if CrossedBootstrap has no interval for such columns:
// neither questions nor populations vary, or over one in twenty resamples hold no item.
//
// A resample's standard error comes from the resample, each copy of a question or population being
// a cluster of its own: if few are drawn, errors that come out small by chance are then part of
// what chance does to t, which matters most for the largest of many.
std::vector<PairedResamples> pairedResamples(const CrossedBootstrap& bootstrap,
                                             std::span<const ItemColumn> columns);

}  // namespace canvass
