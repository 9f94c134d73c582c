#include "import/published/shares.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "survey/rounded_shares.h"

namespace canvass {
namespace {

constexpr double maxProportionSum = 10.0;
double totalOf(ShareScale scale) { return scale == ShareScale::percentages ? 100.0 : 1.0; }

double sumOf(const std::vector<double>& shares) {
  return std::accumulate(shares.begin(), shares.end(), 0.0);
}

}  // namespace

const char* shareScaleName(ShareScale scale) {
  return scale == ShareScale::percentages ? "percentages" : "proportions";
}

ShareScale detectShareScale(const std::vector<double>& sums) {
  std::size_t proportions = 0;
  std::size_t percentages = 0;
  for (const double sum : sums) {
    if (sum > 0.0) ++(sum < maxProportionSum ? proportions : percentages);
  }
  return proportions > percentages ? ShareScale::proportions : ShareScale::percentages;
}

Distribution toDistribution(const std::vector<double>& shares, ShareScale scale) {
  for (const double share : shares) {
    if (share < 0.0) throw Error(fmt::format("the share {} is negative", share));
  }
  const double sum = sumOf(shares);
  if (sum == 0.0) throw Error("all shares are 0");
  const double tolerance = roundingTolerance(shares, totalOf(scale));
  if (std::abs(sum - totalOf(scale)) > tolerance) {
    throw Error(
        fmt::format("the shares sum to {:.6g}; the {} of this file sum to {} within {:.3g} "
                    "(half a unit of the last decimal for each option)",
                    sum, shareScaleName(scale), totalOf(scale), tolerance));
  }
  const double lastBits =
      static_cast<double>(shares.size()) * std::numeric_limits<double>::epsilon();
  if (std::abs(sum - 1.0) <= lastBits) return shares;
  return normalized(shares, {});
}

}  // namespace canvass
