#include "stats/best_of_many.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace canvass {
namespace {

// One column minus the mean of all: its mean, the variance of that, and how it deviates in the
// resamples.
struct Contender {
  double mean = 0.0;
  double variance = 0.0;
  std::vector<double> deviations;  // by resample, of that variance
};

std::vector<ItemColumn> lessTheirMean(std::span<const ItemColumn> columns) {
  std::vector<ItemColumn> result(columns.begin(), columns.end());
  for (std::size_t i = 0; i < columns.front().size(); ++i) {
    double mean = 0.0;
    for (const ItemColumn& column : columns)
      mean += column[i] / static_cast<double>(columns.size());
    for (ItemColumn& column : result) column[i] -= mean;
  }
  return result;
}

std::vector<double> scaledTo(double variance, std::vector<double> deviations) {
  double squares = 0.0;
  for (const double deviation : deviations) squares += deviation * deviation;
  const double drawn = squares / static_cast<double>(deviations.size());
  const double scale = drawn > 0.0 ? std::sqrt(variance / drawn) : 0.0;
  for (double& deviation : deviations) deviation *= scale;
  return deviations;
}

std::vector<Contender> contendersOf(const CrossedBootstrap& bootstrap,
                                    std::span<const ItemColumn> columns) {
  const std::vector<ItemColumn> centered = lessTheirMean(columns);
  const auto means = bootstrap.means(centered);
  std::vector<Contender> contenders;
  for (std::size_t c = 0; c < centered.size(); ++c) {
    if (!bootstrap.meanInterval(centered[c], means[c])) return {};
    Contender& one = contenders.emplace_back();
    one.mean = meanOfColumn(centered[c]);
    one.variance = bootstrap.spreadOf(influenceOnMean(centered[c])).variance;
    std::vector<double> deviations;
    for (const double mean : means[c]) {
      if (!std::isnan(mean)) deviations.push_back(mean - one.mean);
    }
    one.deviations = scaledTo(one.variance, std::move(deviations));
  }
  return contenders;
}

// Which share of the distances between the means is real: what sampling does not explain of their
// sum of squares.
double realShare(const std::vector<Contender>& contenders) {
  double squares = 0.0;
  double bySampling = 0.0;
  for (const Contender& one : contenders) {
    squares += one.mean * one.mean;
    bySampling += one.variance;
  }
  return squares > 0.0 ? std::max(0.0, 1.0 - bySampling / squares) : 0.0;
}

}  // namespace

std::optional<double> optimismOfHighest(const CrossedBootstrap& bootstrap,
                                        std::span<const ItemColumn> columns) {
  if (columns.empty()) return std::nullopt;
  const std::vector<Contender> contenders = contendersOf(bootstrap, columns);
  if (contenders.empty()) return std::nullopt;
  const double real = realShare(contenders);
  const std::size_t resamples = contenders.front().deviations.size();
  double sum = 0.0;
  for (std::size_t r = 0; r < resamples; ++r) {
    const auto highest = std::ranges::max_element(
        contenders, {}, [&](const Contender& one) { return real * one.mean + one.deviations[r]; });
    sum += highest->deviations[r];
  }
  return std::max(0.0, sum / static_cast<double>(resamples));
}

}  // namespace canvass
