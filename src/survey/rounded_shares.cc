#include "survey/rounded_shares.h"

#include <algorithm>
#include <cmath>

namespace canvass {
namespace {

// With more decimals than this, a share was computed, not published rounded.
constexpr int maxDecimals = 6;
// A thousandth of the last of those decimals: what is left of a decimal number in binary.
constexpr double representationError = 1e-9;

bool isMultipleOf(double unit, double value) {
  return std::abs(value - std::round(value / unit) * unit) <= representationError;
}

// The unit of the last decimal that the percentages show: 1, 0.1, 0.01, ...
double unitOfRounding(const std::vector<double>& percentages) {
  double unit = 1.0;
  for (int decimals = 0; decimals < maxDecimals; ++decimals, unit /= 10.0) {
    if (std::all_of(percentages.begin(), percentages.end(),
                    [unit](double value) { return isMultipleOf(unit, value); })) {
      break;
    }
  }
  return unit;
}

}  // namespace

double roundingTolerance(const std::vector<double>& shares, double total) {
  const double toPercent = 100.0 / total;
  std::vector<double> percentages;
  for (const double share : shares) percentages.push_back(share * toPercent);
  const double halfUnits = 0.5 * static_cast<double>(shares.size());
  return (halfUnits * unitOfRounding(percentages) + representationError) / toPercent;
}

}  // namespace canvass
