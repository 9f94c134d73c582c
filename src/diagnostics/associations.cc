#include "diagnostics/associations.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "base/random.h"
#include "stats/student.h"
#include "survey/shared_respondents.h"

namespace canvass {
namespace {

constexpr std::size_t fewestPopulations = 5;
constexpr std::size_t fewestPairs = 10;  // of questions, for a figure over them
// What is more is sampled, so that hundreds of thousands of items take seconds.
constexpr std::size_t mostPopulations = 500;
constexpr std::size_t mostQuantities = 2000;
constexpr std::size_t mostGroups = 100;  // of families, each left out once

using Matrix = Eigen::MatrixXd;

// Populations x quantities; 0 where there is no estimate.
struct Deviations {
  Matrix predicted, observed, noise, known;
  std::vector<std::size_t> question;  // of each quantity
  std::vector<std::size_t> group;     // of each population: its family, or several of them
};

std::vector<std::size_t> sampleOf(std::vector<std::size_t> all, std::size_t most,
                                  RandomStream& random) {
  if (all.size() <= most) return all;
  random.shuffle(all);
  all.resize(most);
  std::ranges::sort(all);
  return all;
}

// The families of the populations, if there are many at random in a hundred groups of as many.
std::vector<std::size_t> groupsOf(const std::vector<std::size_t>& familyOf,
                                  const std::vector<std::size_t>& populations,
                                  RandomStream& random) {
  std::map<std::size_t, std::size_t> groups;
  for (const std::size_t population : populations) groups.emplace(familyOf[population], 0);
  std::vector<std::size_t> order(groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  random.shuffle(order);
  std::size_t next = 0;
  for (auto& [family, group] : groups) group = order[next++] % mostGroups;
  std::vector<std::size_t> result;
  for (const std::size_t population : populations) result.push_back(groups[familyOf[population]]);
  return result;
}

Deviations deviationsOf(const Survey& survey, const Estimates& estimates, std::uint64_t seed) {
  std::vector<std::size_t> quantities;
  std::map<std::size_t, std::size_t> rows;  // by population
  for (std::size_t q = 0; q < estimates.byQuantity.size(); ++q) {
    if (estimates.byQuantity[q].size() < fewestPopulations) continue;
    quantities.push_back(q);
    for (const Estimate& one : estimates.byQuantity[q]) rows.emplace(one.population, 0);
  }
  RandomStream random(seed, "associations");
  std::vector<std::size_t> populations;
  for (const auto& [population, row] : rows) populations.push_back(population);
  populations = sampleOf(std::move(populations), mostPopulations, random);
  quantities = sampleOf(std::move(quantities), mostQuantities, random);
  rows.clear();
  for (const std::size_t population : populations) rows.emplace(population, rows.size());

  Deviations result;
  const Matrix zero = Matrix::Zero(static_cast<Eigen::Index>(populations.size()),
                                   static_cast<Eigen::Index>(quantities.size()));
  result.predicted = result.observed = result.noise = result.known = zero;
  for (std::size_t column = 0; column < quantities.size(); ++column) {
    result.question.push_back(estimates.quantities[quantities[column]].question);
    for (const Estimate& one : estimates.byQuantity[quantities[column]]) {
      const auto row = rows.find(one.population);
      if (row == rows.end()) continue;
      const auto i = static_cast<Eigen::Index>(row->second);
      const auto j = static_cast<Eigen::Index>(column);
      result.predicted(i, j) = one.predictedDeviation;
      result.observed(i, j) = one.observedDeviation;
      result.noise(i, j) = one.deviationVariance;
      result.known(i, j) = 1.0;
    }
  }
  result.group = groupsOf(familiesOf(survey), populations, random);
  return result;
}

// Sums over populations, from which some can be taken.
struct CrossProducts {
  Matrix predicted, observed;                // of deviations
  Matrix predictedSquares, observedSquares;  // [j][k]: of j, where k is known, too
  Matrix common;                             // how many populations have both

  void add(const Deviations& all, Eigen::Index first, Eigen::Index count, double sign) {
    const auto p = all.predicted.middleRows(first, count);
    const auto o = all.observed.middleRows(first, count);
    const auto v = all.noise.middleRows(first, count);
    const auto m = all.known.middleRows(first, count);
    predicted += sign * (p.transpose() * p);
    observed += sign * (o.transpose() * o);
    predictedSquares += sign * (p.cwiseAbs2().transpose() * m);
    observedSquares += sign * ((o.cwiseAbs2() - v).transpose() * m);
    common += sign * (m.transpose() * m);
  }
};

CrossProducts crossProductsOf(const Deviations& all) {
  const auto size = all.predicted.cols();
  const Matrix zero = Matrix::Zero(size, size);
  CrossProducts sums{zero, zero, zero, zero, zero};
  sums.add(all, 0, all.predicted.rows(), 1.0);
  return sums;
}

double correlationOf(const Matrix& products, const Matrix& squares, Eigen::Index j,
                     Eigen::Index k) {
  const double scale = squares(j, k) * squares(k, j);
  if (!(squares(j, k) > 0.0) || !(scale > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  return std::clamp(products(j, k) / std::sqrt(scale), -1.0, 1.0);
}

// In the order of the figures: strength, agreement, sign errors.
struct PairFigures {
  double strength = 0.0, agreement = 0.0, signErrors = 0.0;
  std::size_t pairs = 0, sure = 0;
};

PairFigures pairFigures(const CrossProducts& sums, const std::vector<std::size_t>& question) {
  double predictedSize = 0.0, observedSize = 0.0;
  double predictedSquares = 0.0, observedSquares = 0.0, products = 0.0;
  double wrong = 0.0;
  PairFigures result;
  for (Eigen::Index j = 0; j < sums.common.cols(); ++j) {
    for (Eigen::Index k = 0; k < j; ++k) {
      const auto count = sums.common(j, k);
      if (question[static_cast<std::size_t>(j)] == question[static_cast<std::size_t>(k)] ||
          count < static_cast<double>(fewestPopulations) - 1.5)
        continue;
      const double observed = correlationOf(sums.observed, sums.observedSquares, j, k);
      // Questions that are predicted to be the same everywhere go together with nothing.
      double predicted = correlationOf(sums.predicted, sums.predictedSquares, j, k);
      if (std::isnan(observed)) continue;
      if (std::isnan(predicted)) predicted = 0.0;
      ++result.pairs;
      predictedSize += std::abs(predicted);
      observedSize += std::abs(observed);
      predictedSquares += predicted * predicted;
      observedSquares += observed * observed;
      products += predicted * observed;
      if (std::abs(observed) * std::sqrt(count) < 1.96) continue;
      ++result.sure;
      wrong += predicted == 0.0 ? 0.5 : (predicted > 0) != (observed > 0) ? 1.0 : 0.0;
    }
  }
  result.strength = predictedSize / observedSize;
  result.agreement = products / std::sqrt(predictedSquares * observedSquares);
  result.signErrors = wrong / static_cast<double>(result.sure);
  return result;
}

// Of the rows with a weight of 1: the RV coefficient of the two configurations, without what each
// population has with itself.
double structureOf(const Matrix& predicted, const Matrix& observed,
                   const Eigen::VectorXd& weights) {
  double products = 0.0, predictedSquares = 0.0, observedSquares = 0.0;
  for (Eigen::Index a = 0; a < weights.size(); ++a) {
    for (Eigen::Index b = 0; b < a; ++b) {
      const double weight = weights(a) * weights(b);
      products += weight * predicted(a, b) * observed(a, b);
      predictedSquares += weight * predicted(a, b) * predicted(a, b);
      observedSquares += weight * observed(a, b) * observed(a, b);
    }
  }
  return products / std::sqrt(predictedSquares * observedSquares);
}

struct Jackknife {
  double value;
  std::vector<double> without;  // one group

  // The delete-a-group jackknife (Efron & Tibshirani 1993, chapter 11).
  DiagnosticFigure figure(std::size_t count, double lowest, double highest) const {
    DiagnosticFigure figure{{}, {}, count, {}, {}};
    if (count == 0 || !std::isfinite(value)) return figure;
    figure.value = value;
    const double groups = static_cast<double>(without.size());
    const bool known = std::ranges::all_of(without, [](double one) { return std::isfinite(one); });
    if (groups < 3.0 || !known) return figure;
    const double mean = std::accumulate(without.begin(), without.end(), 0.0) / groups;
    double squares = 0.0;
    for (const double one : without) squares += (one - mean) * (one - mean);
    const double half =
        std::sqrt(squares * (groups - 1.0) / groups) * studentQuantile(0.975, groups - 1.0);
    figure.interval = Interval{std::max(value - half, lowest), std::min(value + half, highest)};
    return figure;
  }
};

}  // namespace

std::vector<NamedFigure> associationFigures(const Survey& observed, const Estimates& estimates,
                                            std::uint64_t seed) {
  const Deviations all = deviationsOf(observed, estimates, seed);
  CrossProducts sums = crossProductsOf(all);
  const PairFigures whole = pairFigures(sums, all.question);
  if (whole.pairs < fewestPairs) return {};
  const Matrix predictedMap = all.predicted * all.predicted.transpose();
  const Matrix observedMap = all.observed * all.observed.transpose();
  Eigen::VectorXd weights = Eigen::VectorXd::Ones(all.predicted.rows());
  Jackknife strength{whole.strength, {}};
  Jackknife agreement{whole.agreement, {}};
  Jackknife signErrors{whole.signErrors, {}};
  Jackknife structure{structureOf(predictedMap, observedMap, weights), {}};

  std::map<std::size_t, std::vector<Eigen::Index>> groups;
  for (std::size_t i = 0; i < all.group.size(); ++i) {
    groups[all.group[i]].push_back(static_cast<Eigen::Index>(i));
  }
  for (const auto& [group, rows] : groups) {
    for (const Eigen::Index row : rows) sums.add(all, row, 1, -1.0), weights(row) = 0.0;
    const PairFigures part = pairFigures(sums, all.question);
    strength.without.push_back(part.strength);
    agreement.without.push_back(part.agreement);
    signErrors.without.push_back(part.signErrors);
    structure.without.push_back(structureOf(predictedMap, observedMap, weights));
    for (const Eigen::Index row : rows) sums.add(all, row, 1, 1.0), weights(row) = 1.0;
  }
  const double infinite = std::numeric_limits<double>::infinity();
  return {{"association_strength", strength.figure(whole.pairs, 0.0, infinite)},
          {"association_agreement", agreement.figure(whole.pairs, -1.0, 1.0)},
          {"association_sign_errors", signErrors.figure(whole.sure, 0.0, 1.0)},
          {"structure", structure.figure(all.question.size(), -1.0, 1.0)}};
}

}  // namespace canvass
