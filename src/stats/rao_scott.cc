#include "stats/rao_scott.h"

#include <Eigen/Dense>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <limits>

namespace canvass {
namespace {

using Indices = std::vector<std::size_t>;

constexpr double infinity = std::numeric_limits<double>::infinity();

double probabilityAbove(double f, double numerator, double denominator) {
  if (!(f > 0.0)) return 1.0;
  if (!std::isfinite(denominator)) {
    const boost::math::chi_squared_distribution<double> distribution(numerator);
    return boost::math::cdf(boost::math::complement(distribution, f * numerator));
  }
  const boost::math::fisher_f_distribution<double> distribution(numerator, denominator);
  return boost::math::cdf(boost::math::complement(distribution, f));
}

// The sums of a table's rows, or with `step` of its columns, that are not 0.
Indices usedLines(std::size_t lines, std::size_t length, std::size_t lineStep, std::size_t step,
                  std::span<const double> shares) {
  Indices used;
  for (std::size_t i = 0; i < lines; ++i) {
    double sum = 0.0;
    for (std::size_t j = 0; j < length; ++j) sum += shares[i * lineStep + j * step];
    if (sum > 0.0) used.push_back(i);
  }
  return used;
}

struct Table {
  Eigen::MatrixXd shares;      // rows x columns
  Eigen::MatrixXd covariance;  // cells x cells, row by row
};

Table tableOf(const Indices& rows, const Indices& columns, std::size_t allColumns,
              std::span<const double> shares, std::span<const double> covariance) {
  Indices cells;
  for (const std::size_t r : rows) {
    for (const std::size_t c : columns) cells.push_back(r * allColumns + c);
  }
  const auto count = static_cast<Eigen::Index>(cells.size());
  const auto width = static_cast<Eigen::Index>(columns.size());
  Table table{{static_cast<Eigen::Index>(rows.size()), width}, {count, count}};
  for (Eigen::Index i = 0; i < count; ++i) {
    const std::size_t cell = cells[static_cast<std::size_t>(i)];
    table.shares(i / width, i % width) = shares[cell];
    for (Eigen::Index j = 0; j < count; ++j) {
      const std::size_t other = cells[static_cast<std::size_t>(j)];
      table.covariance(i, j) = covariance[cell * shares.size() + other];
    }
  }
  return table;
}

// Contrasts of cells that rows and columns alone do not explain: a basis, one per column.
Eigen::MatrixXd interactionContrasts(Eigen::Index rows, Eigen::Index columns) {
  Eigen::MatrixXd contrasts(rows * columns, (rows - 1) * (columns - 1));
  for (Eigen::Index cell = 0; cell < contrasts.rows(); ++cell) {
    for (Eigen::Index one = 0; one < contrasts.cols(); ++one) {
      const double row = (cell / columns == one / (columns - 1)) - 1.0 / static_cast<double>(rows);
      const double column =
          (cell % columns == one % (columns - 1)) - 1.0 / static_cast<double>(columns);
      contrasts(cell, one) = row * column;
    }
  }
  return contrasts;
}

double pearsonOf(const Eigen::MatrixXd& shares, double respondents) {
  const Eigen::MatrixXd expected = shares.rowwise().sum() * shares.colwise().sum();
  return respondents * ((shares - expected).array().square() / expected.array()).sum();
}

}  // namespace

std::optional<IndependenceTest> testIndependence(std::size_t rows, std::size_t columns,
                                                 std::span<const double> shares,
                                                 std::span<const double> covariance,
                                                 double respondents, double degrees) {
  const Indices usedRows = usedLines(rows, columns, columns, 1, shares);
  const Indices usedColumns = usedLines(columns, rows, 1, columns, shares);
  if (usedRows.size() < 2 || usedColumns.size() < 2 || !(degrees > 0.0)) return std::nullopt;
  const Table table = tableOf(usedRows, usedColumns, columns, shares, covariance);
  const Eigen::MatrixXd contrasts = interactionContrasts(table.shares.rows(), table.shares.cols());
  Eigen::VectorXd inverse(contrasts.rows());
  for (Eigen::Index i = 0; i < inverse.size(); ++i) {
    const double share = table.shares(i / table.shares.cols(), i % table.shares.cols());
    inverse(i) = share > 0.0 ? 1.0 / share : 0.0;
  }
  const Eigen::MatrixXd weighted = inverse.asDiagonal() * contrasts;
  const Eigen::MatrixXd simple = contrasts.transpose() * weighted / respondents;
  const Eigen::MatrixXd effects =
      simple.fullPivLu().solve(weighted.transpose() * table.covariance * weighted);
  const double trace = effects.trace();
  const double squares = (effects * effects).trace();
  if (!(trace > 0.0) || !(squares > 0.0)) return std::nullopt;
  IndependenceTest test;
  test.pearson = pearsonOf(table.shares, respondents);
  test.statistic = test.pearson / trace;
  test.numeratorDegrees = trace * trace / squares;
  test.denominatorDegrees = test.numeratorDegrees * degrees;
  test.probability =
      probabilityAbove(test.statistic, test.numeratorDegrees, test.denominatorDegrees);
  return test;
}

std::optional<IndependenceTest> testHomogeneity(const std::vector<GroupShares>& groups) {
  if (groups.size() < 2) return std::nullopt;
  std::vector<double> pooled(groups.front().shares.size(), 0.0);
  double respondents = 0.0;
  for (const GroupShares& group : groups) respondents += group.respondents;
  for (const GroupShares& group : groups) {
    for (std::size_t k = 0; k < pooled.size(); ++k) {
      pooled[k] += group.shares[k] * group.respondents / respondents;
    }
  }
  IndependenceTest test;
  test.order = IndependenceTest::Order::first;
  double expected = 0.0;  // of X^2 under the design, if all groups answer alike
  std::size_t used = 0;
  for (std::size_t k = 0; k < pooled.size(); ++k) {
    if (!(pooled[k] > 0.0)) continue;
    ++used;
    for (const GroupShares& group : groups) {
      const double scale = group.respondents / pooled[k];
      const double distance = group.shares[k] - pooled[k];
      const double error = group.standardErrors[k];
      test.pearson += scale * distance * distance;
      expected += scale * (1.0 - group.respondents / respondents) * error * error;
    }
  }
  if (used < 2 || !(expected > 0.0)) return std::nullopt;
  test.numeratorDegrees = static_cast<double>((groups.size() - 1) * (used - 1));
  test.denominatorDegrees = infinity;
  test.statistic = test.pearson / expected;
  test.probability = probabilityAbove(test.statistic, test.numeratorDegrees, infinity);
  return test;
}

}  // namespace canvass
