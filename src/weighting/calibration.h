#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace canvass {

// Calibration of weights to totals that are known of the population (Deville & Särndal 1992,
// Journal of the American Statistical Association 87(418)): of all weights that reproduce the
// totals, those closest to the given ones by a distance. Formulas are in docs/weighting.md.

enum class WeightDistance {
  raking,  // multiplicative: the limit of iterative proportional fitting; never negative
  linear,  // chi-squared: the weights of the generalized regression estimator (GREG)
  logit,   // within bounds, without piling weights up at them
};
// "raking", "linear", "logit"; nothing for another name.
std::optional<WeightDistance> weightDistance(std::string_view name);

struct WeightRange {
  double low = 0.0;
  double high = 0.0;
};

struct CalibrationOptions {
  WeightDistance distance = WeightDistance::raking;
  // Of the new weight over the given one, both scaled to the same sum: low below 1, high above 1.
  std::optional<WeightRange> ratio = {};
  // Of the new weight over the mean of the new weights: low below 1, high above 1.
  std::optional<WeightRange> trim = {};
  std::size_t maxSteps = 300;
};

// Several partitions of the same respondents into cells, and what the weights of each cell are to
// sum to.
struct CalibrationTargets {
  std::vector<std::vector<std::uint32_t>> cells;  // by partition, of each respondent: index below
  std::vector<double> totals;                     // of all cells of all partitions, above 0
};

struct CalibratedWeights {
  std::vector<double> weights;
  std::size_t steps = 0;
  // If it did not converge, the cell that is furthest from its total, and what it came to.
  struct Missed {
    std::size_t cell = 0;
    double reached = 0.0;
  };
  std::optional<Missed> missed = {};
};

// `weights`: of each respondent, above 0. Partitions must have the same sum of totals, and every
// cell a respondent: that is the caller's duty. Totals are met within 1e-10 of each. Linear weights
// without bounds may be negative. Throws Error for logit without `ratio` or with `trim`, and for
// bounds that do not enclose 1.
CalibratedWeights calibrate(const std::vector<double>& weights, const CalibrationTargets& targets,
                            const CalibrationOptions& options);

}  // namespace canvass
