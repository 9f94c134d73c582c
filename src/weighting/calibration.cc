#include "weighting/calibration.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/error.h"
#include "weighting/distance_function.h"

namespace canvass {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double tolerance = 1e-10;  // of a total, relative
// Of the largest diagonal element: partitions are redundant, and cells whose weights are all at a
// bound do not move.
constexpr double ridge = 1e-11;
constexpr int maxHalvings = 60;
constexpr double sufficientDecrease = 1e-4;

void requireRange(const std::optional<WeightRange>& range, const char* what) {
  if (!range || (range->low >= 0.0 && range->low < 1.0 && range->high > 1.0)) return;
  throw Error(fmt::format("{} of {} to {} do not enclose 1", what, range->low, range->high), {},
              "give a number from 0 to below 1, and one above 1");
}

void requireOptions(const CalibrationOptions& options) {
  requireRange(options.ratio, "bounds");
  requireRange(options.trim, "limits of trimming");
  if (options.distance != WeightDistance::logit) return;
  if (!options.ratio) {
    throw Error("the distance logit needs bounds", {}, "give them, or use raking or linear");
  }
  if (options.trim) {
    throw Error("the distance logit has bounds of ratios only", {},
                "trim with raking or linear, or leave it out");
  }
}

// The dual problem: multipliers of cells for which the weights' totals are the targets, the minimum
// of a convex function.
class Dual {
 public:
  Dual(const std::vector<double>& weights, const CalibrationTargets& targets,
       const CalibrationOptions& options)
      : targets_(targets), weights_(weights) {
    double total = 0.0;
    for (const double one : targets.totals) total += one;
    total /= static_cast<double>(targets.cells.size());
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double mean = total / static_cast<double>(weights.size());
    for (double& weight : weights_) {
      weight *= total / sum;
      ratios_.push_back(ratioOf(options, weight, mean));
    }
  }

  Eigen::Index size() const { return static_cast<Eigen::Index>(targets_.totals.size()); }

  struct Point {
    Eigen::VectorXd multipliers;
    double value = 0.0;
    Eigen::VectorXd totals;  // of the weights, by cell
    std::vector<double> weights;
    std::vector<double> slopes;  // of the weights
  };

  Point at(const Eigen::VectorXd& multipliers) const {
    Point point{multipliers, 0.0, Eigen::VectorXd::Zero(size()), {}, {}};
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      double sum = 0.0;
      for (const auto& partition : targets_.cells) sum += multipliers(partition[i]);
      const RatioFunction::At ratio = ratios_[i].at(sum);
      point.weights.push_back(weights_[i] * ratio.ratio);
      point.slopes.push_back(weights_[i] * ratio.slope);
      point.value += weights_[i] * ratio.integral;
      for (const auto& partition : targets_.cells) point.totals(partition[i]) += point.weights[i];
    }
    point.value -= multipliers.dot(wanted());
    return point;
  }

  Eigen::VectorXd shortfall(const Point& point) const { return wanted() - point.totals; }
  // Relative, of the cell that is furthest away.
  double distance(const Point& point, Eigen::Index* cell = nullptr) const {
    Eigen::Index ignored = 0;
    const Eigen::VectorXd relative = shortfall(point).cwiseAbs().cwiseQuotient(wanted());
    return relative.maxCoeff(cell == nullptr ? &ignored : cell);
  }

  Eigen::VectorXd newtonStep(const Point& point) const {
    Eigen::MatrixXd curvature = Eigen::MatrixXd::Zero(size(), size());
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      for (const auto& one : targets_.cells) {
        for (const auto& other : targets_.cells) curvature(one[i], other[i]) += point.slopes[i];
      }
    }
    const double largest = std::max(curvature.diagonal().maxCoeff(), 1e-300);
    curvature.diagonal().array() += ridge * largest;
    return curvature.ldlt().solve(shortfall(point));
  }

 private:
  Eigen::Map<const Eigen::VectorXd> wanted() const { return {targets_.totals.data(), size()}; }

  static RatioFunction ratioOf(const CalibrationOptions& options, double weight, double mean) {
    RatioFunction ratio{options.distance,
                        options.distance == WeightDistance::linear ? -infinity : 0, infinity};
    if (options.ratio) {
      ratio.low = options.ratio->low;
      ratio.high = options.ratio->high;
    }
    if (options.trim) {
      ratio.low = std::max(ratio.low, options.trim->low * mean / weight);
      ratio.high = std::min(ratio.high, options.trim->high * mean / weight);
      // A weight far outside one range may be inside it only outside the other: trimming wins.
      if (ratio.low > ratio.high) {
        ratio.low = ratio.high =
            std::clamp(1.0, options.trim->low * mean / weight, options.trim->high * mean / weight);
      }
    }
    return ratio;
  }

  const CalibrationTargets& targets_;
  std::vector<double> weights_;  // scaled to the targets' sum
  std::vector<RatioFunction> ratios_;
};

// The longest of the step, its half, ... that comes nearer; nothing if none does.
std::optional<Dual::Point> nextPoint(const Dual& dual, const Dual::Point& point) {
  const Eigen::VectorXd step = dual.newtonStep(point);
  const Eigen::VectorXd shortfall = dual.shortfall(point);
  double length = 1.0;
  for (int halving = 0; halving < maxHalvings; ++halving, length /= 2.0) {
    Dual::Point next = dual.at(point.multipliers + length * step);
    if (!std::isfinite(next.value) || !next.totals.allFinite()) continue;
    const bool isLower =
        next.value < point.value - sufficientDecrease * length * shortfall.dot(step);
    // Close to the minimum, differences of its value are rounding.
    if (isLower || dual.shortfall(next).norm() < shortfall.norm()) return next;
  }
  return std::nullopt;
}

}  // namespace

std::optional<WeightDistance> weightDistance(std::string_view name) {
  if (name == "raking") return WeightDistance::raking;
  if (name == "linear") return WeightDistance::linear;
  if (name == "logit") return WeightDistance::logit;
  return std::nullopt;
}

CalibratedWeights calibrate(const std::vector<double>& weights, const CalibrationTargets& targets,
                            const CalibrationOptions& options) {
  requireOptions(options);
  const Dual dual(weights, targets, options);
  CalibratedWeights result;
  Dual::Point point = dual.at(Eigen::VectorXd::Zero(dual.size()));
  while (dual.distance(point) > tolerance && result.steps < options.maxSteps) {
    auto next = nextPoint(dual, point);
    if (!next) break;
    point = std::move(*next);
    ++result.steps;
  }
  Eigen::Index cell = 0;
  if (dual.distance(point, &cell) > tolerance) {
    result.missed = {static_cast<std::size_t>(cell), point.totals(cell)};
  }
  result.weights = std::move(point.weights);
  return result;
}

}  // namespace canvass
