#pragma once

#include <span>
#include <vector>

namespace canvass {

// A predicted share and what it becomes.
struct IsotonicKnot {
  double predicted = 0.0;
  double calibrated = 0.0;

  bool operator==(const IsotonicKnot&) const = default;
};

struct WeightedPair {
  double predicted = 0.0;
  double observed = 0.0;
  double weight = 1.0;  // above 0
};

// The rising function with the least weighted squared error to the observed values, by pooling
// adjacent violators (Ayer et al. 1955); equal predictions are pooled first. Its knots: both ends
// of each level, predictions strictly rising. At least one pair.
std::vector<IsotonicKnot> fitIsotonic(std::vector<WeightedPair> pairs);

// Straight between the knots, level beyond them.
double valueAt(std::span<const IsotonicKnot> knots, double predicted);

}  // namespace canvass
