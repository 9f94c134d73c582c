#include "baselines/log_shares.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace canvass {
namespace {

constexpr double minShare = 0.002;  // keeps ln 0 away

}  // namespace

std::vector<double> centeredLogShares(const Distribution& shares) {
  std::vector<double> result;
  for (const double share : shares) result.push_back(std::log(share + minShare));
  const double mean =
      std::accumulate(result.begin(), result.end(), 0.0) / static_cast<double>(result.size());
  for (double& value : result) value -= mean;
  return result;
}

Distribution sharesOfLogs(std::vector<double> logShares) {
  const double largest = std::ranges::max(logShares);
  for (double& share : logShares) share = std::exp(share - largest);
  return normalized(std::move(logShares), "log shares");
}

}  // namespace canvass
