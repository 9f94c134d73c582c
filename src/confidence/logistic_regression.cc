#include "confidence/logistic_regression.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <cmath>

namespace canvass {
namespace {

constexpr int mostSteps = 50;
constexpr double smallestStep = 1e-10;

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

// The gradient and curvature of the objective at one place; the intercept is the last column.
struct Slope {
  Eigen::VectorXd gradient;
  Eigen::MatrixXd curvature;
  double objective = 0.0;
};

Slope slopeAt(const std::vector<WordFeatures::Row>& rows, const std::vector<double>& targets,
              const Eigen::VectorXd& weights, double ridge) {
  const Eigen::Index last = weights.size() - 1;
  Slope slope{ridge * weights, ridge * Eigen::MatrixXd::Identity(last + 1, last + 1), 0.0};
  slope.gradient[last] = 0.0;
  slope.curvature(last, last) = 0.0;
  slope.objective = 0.5 * ridge * weights.head(last).squaredNorm();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    WordFeatures::Row row = rows[i];
    row.emplace_back(static_cast<std::size_t>(last), 1.0);
    double x = 0.0;
    for (const auto& [column, value] : row) x += weights[static_cast<Eigen::Index>(column)] * value;
    const double p = logistic(x);
    // -t ln p - (1 - t) ln(1 - p), without overflow.
    slope.objective += std::log1p(std::exp(-std::abs(x))) + std::max(x, 0.0) - targets[i] * x;
    for (const auto& [a, left] : row) {
      slope.gradient[static_cast<Eigen::Index>(a)] += (p - targets[i]) * left;
      for (const auto& [b, right] : row) {
        slope.curvature(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) +=
            p * (1.0 - p) * left * right;
      }
    }
  }
  return slope;
}

}  // namespace

double LogisticModel::probability(const WordFeatures::Row& row) const {
  double x = intercept;
  for (const auto& [column, value] : row) x += weights[column] * value;
  return logistic(x);
}

LogisticModel fitLogistic(const std::vector<WordFeatures::Row>& rows,
                          const std::vector<double>& targets, std::size_t columns, double ridge) {
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(columns) + 1);
  Slope slope = slopeAt(rows, targets, weights, ridge);
  for (int step = 0; step < mostSteps; ++step) {
    // A trace of the identity keeps it solvable where all targets are equal.
    const Eigen::MatrixXd curvature =
        slope.curvature + 1e-9 * Eigen::MatrixXd::Identity(weights.size(), weights.size());
    Eigen::VectorXd change = curvature.ldlt().solve(slope.gradient);
    // Half steps where a whole one goes too far.
    for (int half = 0; half < 30; ++half, change *= 0.5) {
      Slope there = slopeAt(rows, targets, weights - change, ridge);
      if (there.objective > slope.objective) continue;
      weights -= change;
      slope = std::move(there);
      break;
    }
    if (change.norm() < smallestStep) break;
  }
  LogisticModel model;
  model.weights.assign(weights.data(), weights.data() + columns);
  model.intercept = weights[static_cast<Eigen::Index>(columns)];
  return model;
}

}  // namespace canvass
