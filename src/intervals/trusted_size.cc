#include "intervals/trusted_size.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

#include "intervals/conformal_quantile.h"

namespace canvass {
namespace {

// 1 / k of the item: the largest, over its shares, of the squared error in units of the sampling
// variance that one respondent has.
double inverseSize(const CalibrationItem& item, double z) {
  double largest = 0.0;
  for (std::size_t option = 0; option < item.predicted.size(); ++option) {
    const double share = item.predicted[option];
    const double error = item.observed[option] - share;
    // What sampling of the observed share may add to an interval of the same level.
    const double left = error * error - z * z * item.samplingVariances[option];
    if (left <= 0.0) continue;
    // Shares near 0 and 1, as if half an answer had been given to each option.
    const double variance = std::max(share * (1.0 - share), 0.005);
    largest = std::max(largest, left / (z * z * variance));
  }
  return largest;
}

}  // namespace

std::optional<double> trustedRespondents(std::span<const CalibrationItem> items,
                                         const IntervalPlan& plan) {
  const double z = boost::math::quantile(boost::math::normal(), 0.5 + 0.5 * plan.level);
  std::vector<GroupedScore> scores;
  for (const CalibrationItem& item : items) {
    scores.push_back({inverseSize(item, z), groupOf(item, plan.newBy)});
  }
  const double quantile = conformalQuantile(std::move(scores), plan.level);
  if (!std::isfinite(quantile)) return std::nullopt;
  // At most as many as would show a difference of a hundredth of a point.
  return std::floor(1.0 / std::max(quantile, 1e-8));
}

}  // namespace canvass
