#include "intervals/conformal_quantile.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace canvass {
namespace {

constexpr double rounding = 1e-9;  // of sums of weights

}  // namespace

double conformalQuantile(std::vector<GroupedScore> scores, double level) {
  std::unordered_map<std::string, double> sizes;
  for (const GroupedScore& one : scores) sizes[one.group] += 1.0;
  const double groups = static_cast<double>(sizes.size()) + 1.0;
  std::sort(scores.begin(), scores.end(), [](const GroupedScore& one, const GroupedScore& other) {
    return one.score < other.score;
  });
  double below = 0.0;
  for (const GroupedScore& one : scores) {
    below += 1.0 / (groups * sizes.at(one.group));
    if (below >= level - rounding) return one.score;
  }
  return std::numeric_limits<double>::infinity();
}

std::size_t fewestGroups(double level) {
  return static_cast<std::size_t>(std::ceil(level / (1.0 - level) - rounding));
}

}  // namespace canvass
