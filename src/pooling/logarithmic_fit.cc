#include "pooling/logarithmic_fit.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <cmath>

namespace canvass {
namespace {

// Keeps ln 0 away, as in low-rank completion.
constexpr double minShare = 0.002;
constexpr int newtonSteps = 200;
constexpr double tolerance = 1e-10;

// ln(share + 0.002): a row per option, a column per predictor.
Eigen::MatrixXd logShares(const std::vector<Distribution>& predicted) {
  Eigen::MatrixXd logs(std::ssize(predicted.front()), std::ssize(predicted));
  for (Eigen::Index m = 0; m < logs.cols(); ++m) {
    const Distribution& shares = predicted[static_cast<std::size_t>(m)];
    logs.col(m) =
        (Eigen::Map<const Eigen::ArrayXd>(shares.data(), logs.rows()) + minShare).log().matrix();
  }
  return logs;
}

struct FittedItem {
  Eigen::VectorXd observed;
  Eigen::MatrixXd logs;
};

// The mean cross-entropy at some weights, with its derivatives.
struct Objective {
  double value = 0.0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd hessian;
};

Objective objectiveAt(const Eigen::VectorXd& weights, const std::vector<FittedItem>& items) {
  Objective result{0.0, Eigen::VectorXd::Zero(weights.size()),
                   Eigen::MatrixXd::Zero(weights.size(), weights.size())};
  for (const FittedItem& item : items) {
    const Eigen::VectorXd logs = item.logs * weights;
    const double largest = logs.maxCoeff();
    Eigen::VectorXd shares = (logs.array() - largest).exp();
    const double sum = shares.sum();
    shares /= sum;
    const Eigen::VectorXd mean = item.logs.transpose() * shares;
    result.value += largest + std::log(sum) - item.observed.dot(logs);
    result.gradient += mean - item.logs.transpose() * item.observed;
    result.hessian +=
        item.logs.transpose() * shares.asDiagonal() * item.logs - mean * mean.transpose();
  }
  const double count = static_cast<double>(items.size());
  return {result.value / count, result.gradient / count, result.hessian / count};
}

// Newton's direction over the weights that may move: those at 0 that the gradient would make
// negative are fixed.
Eigen::VectorXd direction(const Eigen::VectorXd& weights, const Objective& objective) {
  std::vector<Eigen::Index> moving;
  for (Eigen::Index m = 0; m < weights.size(); ++m) {
    if (weights[m] > 0.0 || objective.gradient[m] < 0.0) moving.push_back(m);
  }
  Eigen::VectorXd result = Eigen::VectorXd::Zero(weights.size());
  if (moving.empty()) return result;
  Eigen::MatrixXd hessian = objective.hessian(moving, moving);
  // Identical predictors leave it singular.
  hessian.diagonal().array() += 1e-9 * (1.0 + hessian.trace());
  result(moving) = -hessian.llt().solve(Eigen::VectorXd(objective.gradient(moving)));
  return result;
}

}  // namespace

std::vector<double> logarithmicPool(const std::vector<double>& weights,
                                    const std::vector<Distribution>& predicted) {
  const Eigen::VectorXd logs =
      logShares(predicted) * Eigen::Map<const Eigen::VectorXd>(weights.data(), std::ssize(weights));
  const Eigen::VectorXd shares = (logs.array() - logs.maxCoeff()).exp();
  return {shares.begin(), shares.end()};
}

std::vector<double> fitLogarithmic(const std::vector<PoolItem>& items) {
  std::vector<FittedItem> fitted;
  for (const PoolItem& item : items) {
    fitted.push_back(
        {Eigen::Map<const Eigen::VectorXd>(item.observed.data(), std::ssize(item.observed)),
         logShares(item.predicted)});
  }
  const Eigen::Index predictors = std::ssize(items.front().predicted);
  Eigen::VectorXd weights =
      Eigen::VectorXd::Constant(predictors, 1.0 / static_cast<double>(predictors));
  Objective current = objectiveAt(weights, fitted);
  for (int step = 0; step < newtonSteps; ++step) {
    const Eigen::VectorXd towards = direction(weights, current);
    double length = 1.0;
    Eigen::VectorXd next = (weights + towards).cwiseMax(0.0);
    Objective there = objectiveAt(next, fitted);
    while (there.value > current.value && length > 1e-12) {
      length /= 2.0;
      next = (weights + length * towards).cwiseMax(0.0);
      there = objectiveAt(next, fitted);
    }
    const double change = (next - weights).cwiseAbs().maxCoeff();
    if (there.value > current.value) break;
    weights = next;
    current = std::move(there);
    if (change < tolerance) break;
  }
  return {weights.begin(), weights.end()};
}

}  // namespace canvass
