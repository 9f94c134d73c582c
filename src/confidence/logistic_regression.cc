#include "confidence/logistic_regression.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <algorithm>
#include <cmath>

namespace canvass {
namespace {

constexpr int maxSteps = 50;
constexpr double minStep = 1e-10;

double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }

// The gradient and curvature of the objective at one point; the intercept is the last column.
struct Slope {
  Eigen::VectorXd gradient;
  Eigen::MatrixXd curvature;
  double objective = 0.0;
};

// This many rows are made dense at a time, for matrix products.
constexpr std::size_t rowsAtOnce = 256;

Slope slopeAt(const std::vector<AnswerFeatures::Row>& rows, const std::vector<double>& targets,
              const Eigen::VectorXd& weights, double ridge) {
  const Eigen::Index last = weights.size() - 1;
  Slope slope{ridge * weights, ridge * Eigen::MatrixXd::Identity(last + 1, last + 1), 0.0};
  slope.gradient[last] = 0.0;
  slope.curvature(last, last) = 0.0;
  slope.objective = 0.5 * ridge * weights.head(last).squaredNorm();
  for (std::size_t first = 0; first < rows.size(); first += rowsAtOnce) {
    const std::size_t count = std::min(rowsAtOnce, rows.size() - first);
    // One column per row of features, so that each is contiguous.
    Eigen::MatrixXd part = Eigen::MatrixXd::Zero(last + 1, static_cast<Eigen::Index>(count));
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = static_cast<Eigen::Index>(i);
      for (const auto& [column, value] : rows[first + i]) {
        part(static_cast<Eigen::Index>(column), at) = value;
      }
      part(last, at) = 1.0;
    }
    const Eigen::ArrayXd x = (part.transpose() * weights).array();
    const Eigen::ArrayXd t =
        Eigen::Map<const Eigen::ArrayXd>(targets.data() + first, static_cast<Eigen::Index>(count));
    const Eigen::ArrayXd p = x.unaryExpr(&logistic);
    // -t ln p - (1 - t) ln(1 - p), without overflow.
    slope.objective += ((-x.abs()).exp().log1p() + x.max(0.0) - t * x).sum();
    slope.gradient += part * (p - t).matrix();
    slope.curvature += part * (p * (1.0 - p)).matrix().asDiagonal() * part.transpose();
  }
  return slope;
}

}  // namespace

double LogisticModel::probability(const AnswerFeatures::Row& row) const {
  double x = intercept;
  for (const auto& [column, value] : row) x += weights[column] * value;
  return logistic(x);
}

LogisticModel fitLogistic(const std::vector<AnswerFeatures::Row>& rows,
                          const std::vector<double>& targets, std::size_t columns, double ridge) {
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(columns) + 1);
  Slope slope = slopeAt(rows, targets, weights, ridge);
  for (int step = 0; step < maxSteps; ++step) {
    // A small multiple of the identity keeps it solvable if all targets are equal.
    const Eigen::MatrixXd curvature =
        slope.curvature + 1e-9 * Eigen::MatrixXd::Identity(weights.size(), weights.size());
    Eigen::VectorXd change = curvature.ldlt().solve(slope.gradient);
    // The step is halved while it goes too far.
    for (int half = 0; half < 30; ++half, change *= 0.5) {
      Slope there = slopeAt(rows, targets, weights - change, ridge);
      if (there.objective > slope.objective) continue;
      weights -= change;
      slope = std::move(there);
      break;
    }
    if (change.norm() < minStep) break;
  }
  LogisticModel model;
  model.weights.assign(weights.data(), weights.data() + columns);
  model.intercept = weights[static_cast<Eigen::Index>(columns)];
  return model;
}

}  // namespace canvass
