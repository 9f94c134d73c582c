#include "stats/cell_means.h"

#include <utility>

namespace canvass {

std::vector<double> CellFigures::from(const std::vector<double>& totals) const {
  std::vector<double> weights(groups.size(), 0.0);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    for (const std::uint32_t cell : groups[g]) weights[g] += totals[cell];
  }
  std::vector<double> result;
  result.reserve(means.size());
  for (const Mean& mean : means) {
    double sum = 0.0;
    for (const auto& [cell, value] : mean.values) sum += value * totals[cell];
    result.push_back(sum / weights[mean.group]);
  }
  return result;
}

}  // namespace canvass
