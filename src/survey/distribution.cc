#include "survey/distribution.h"

#include <cmath>

#include "base/error.h"

namespace canvass {

Distribution normalized(std::vector<double> shares, const std::string& where) {
  double sum = 0.0;
  for (const double share : shares) {
    if (!std::isfinite(share) || share < 0.0) {
      throw Error("a share is negative or not a number", where);
    }
    sum += share;
  }
  if (!(sum > 0.0)) throw Error("the shares sum to 0", where);
  for (double& share : shares) share /= sum;
  return shares;
}

Distribution uniformDistribution(std::size_t options) {
  return Distribution(options, 1.0 / static_cast<double>(options));
}

}  // namespace canvass
