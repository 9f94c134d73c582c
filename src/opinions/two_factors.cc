#include "opinions/two_factors.h"

#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>
#include <vector>

#include "base/error.h"

namespace canvass {
namespace {

// Of eigenvalues of correlations, which sum to the number of variables: below is rounding.
constexpr double negligibleVariance = 1e-9;

// The shortest x with `among` x = `right`, in the sense of least squares if variables repeat each
// other: by the pseudoinverse of a symmetric matrix.
Eigen::VectorXd solved(const Eigen::MatrixXd& among, const Eigen::VectorXd& right) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(among);
  const Eigen::ArrayXd values = solver.eigenvalues().array();
  const double rounding = std::numeric_limits<double>::epsilon() *
                          static_cast<double>(values.size()) * values.abs().maxCoeff();
  const Eigen::ArrayXd inverses = (values.abs() > rounding).select(values.inverse(), 0.0);
  const Eigen::MatrixXd& vectors = solver.eigenvectors();
  const Eigen::VectorXd along = inverses * (vectors.transpose() * right).array();
  return vectors * along;
}

}  // namespace

Eigen::Matrix2d varimaxRotation(const Eigen::MatrixXd& loadings) {
  double u = 0.0, v = 0.0, squares = 0.0, products = 0.0;
  for (Eigen::Index i = 0; i < loadings.rows(); ++i) {
    const double communality = loadings.row(i).squaredNorm();
    if (communality < negligibleVariance) continue;
    const double x = loadings(i, 0) / std::sqrt(communality);
    const double y = loadings(i, 1) / std::sqrt(communality);
    const double difference = x * x - y * y;
    const double product = 2.0 * x * y;
    u += difference;
    v += product;
    squares += difference * difference - product * product;
    products += 2.0 * difference * product;
  }
  const double n = static_cast<double>(loadings.rows());
  const double angle = 0.25 * std::atan2(products - 2.0 * u * v / n, squares - (u * u - v * v) / n);
  Eigen::Matrix2d rotation;
  rotation << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
  return rotation;
}

Eigen::RowVector2d TwoFactors::scores(const Eigen::RowVectorXd& row) const {
  std::vector<Eigen::Index> known;
  for (Eigen::Index i = 0; i < row.size(); ++i) {
    if (!std::isnan(row(i))) known.push_back(i);
  }
  if (known.empty()) throw Error("a row without any variable has no factor scores");
  Eigen::VectorXd standardized(std::ssize(known));
  for (Eigen::Index i = 0; i < standardized.size(); ++i) {
    const Eigen::Index variable = known[static_cast<std::size_t>(i)];
    standardized(i) = (row(variable) - means(variable)) / deviations(variable);
  }
  const Eigen::VectorXd weights = solved(correlations(known, known), standardized);
  return weights.transpose() * loadings(known, Eigen::all);
}

TwoFactors twoFactors(const Eigen::MatrixXd& table) {
  if (table.rows() < 3 || table.cols() < 2) {
    throw Error("two factors need at least 3 observations of 2 variables");
  }
  TwoFactors result;
  result.means = table.colwise().mean().transpose();
  const Eigen::MatrixXd centered = table.rowwise() - result.means.transpose();
  const double degrees = static_cast<double>(table.rows() - 1);
  result.deviations = (centered.colwise().squaredNorm() / degrees).cwiseSqrt().transpose();
  if (result.deviations.minCoeff() < negligibleVariance) throw Error("a variable does not vary");
  const Eigen::MatrixXd standardized =
      (centered.array().rowwise() / result.deviations.transpose().array()).matrix();
  result.correlations = standardized.transpose() * standardized / degrees;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(result.correlations);
  // Ascending: the last two are the largest.
  const Eigen::Vector2d values = solver.eigenvalues().tail<2>().reverse();
  const Eigen::MatrixXd vectors = solver.eigenvectors().rightCols(2).rowwise().reverse();
  if (values(1) < negligibleVariance) {
    throw Error("the variables have no second factor: they are all the same");
  }
  const Eigen::MatrixXd loadings = vectors * values.cwiseSqrt().asDiagonal();
  result.loadings = loadings * varimaxRotation(loadings);
  return result;
}

}  // namespace canvass
