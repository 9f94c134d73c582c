#include "stats/replicate_weights.h"

#include <fmt/format.h>

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

constexpr std::array<std::pair<std::string_view, ReplicateMethod>, 7> methods{{
    {"brr", ReplicateMethod::brr},
    {"fay", ReplicateMethod::fay},
    {"jk1", ReplicateMethod::jackknife1},
    {"jk2", ReplicateMethod::jackknife2},
    {"jkn", ReplicateMethod::jackknifeN},
    {"bootstrap", ReplicateMethod::bootstrap},
    {"sdr", ReplicateMethod::successiveDifferences},
}};

// Relative to the first; the square of R's 1e-5, since the matrix is one of products.
constexpr double rankTolerance = 1e-10;
constexpr std::size_t respondentsAtOnce = 512;

double ownScale(ReplicateMethod method, double count, double rho) {
  switch (method) {
    case ReplicateMethod::brr:
      return 1.0 / count;
    case ReplicateMethod::fay:
      return 1.0 / (count * (1.0 - rho) * (1.0 - rho));
    case ReplicateMethod::jackknife1:
      return (count - 1.0) / count;
    case ReplicateMethod::jackknife2:
    case ReplicateMethod::jackknifeN:
      return 1.0;
    case ReplicateMethod::bootstrap:
      return 1.0 / (count - 1.0);
    case ReplicateMethod::successiveDifferences:
      return 4.0 / count;
  }
  return 1.0;
}

bool isFactor(double number) { return std::isfinite(number) && number >= 0.0; }

}  // namespace

std::optional<ReplicateMethod> replicateMethod(std::string_view name) {
  const auto found = std::ranges::find(methods, name, &decltype(methods)::value_type::first);
  return found == methods.end() ? std::nullopt : std::optional(found->second);
}

std::vector<double> replicateFactors(ReplicateMethod method, std::size_t count,
                                     const ReplicateScales& scales) {
  if (count < 2) throw Error(fmt::format("{} replicate weights are too few", count));
  if (!(scales.rho >= 0.0 && scales.rho < 1.0)) {
    throw Error(fmt::format("rho is {}, and must be at least 0 and below 1", scales.rho));
  }
  const std::vector<double>& own = scales.ofReplicates;
  if (method == ReplicateMethod::jackknifeN && own.empty()) {
    throw Error("jkn needs the scales of its replicates", {},
                "write rscales = [...]: (n - 1) / n of the stratum from which each leaves out a "
                "unit");
  }
  if (!own.empty() && own.size() != count) {
    throw Error(fmt::format("there are {} scales for {} replicates", own.size(), count));
  }
  const double scale =
      scales.scale.value_or(ownScale(method, static_cast<double>(count), scales.rho));
  std::vector<double> factors(count, scale);
  for (std::size_t r = 0; r < own.size(); ++r) factors[r] *= own[r];
  if (!std::ranges::all_of(factors, isFactor)) {
    throw Error("a scale of replicates is negative or not finite");
  }
  return factors;
}

double replicateDegrees(const std::vector<std::vector<double>>& weights) {
  const auto count = static_cast<Eigen::Index>(weights.size());
  const std::size_t respondents = weights.front().size();
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(count, count);
  // A block of respondents at a time, which fits into the processor's cache.
  for (std::size_t first = 0; first < respondents; first += respondentsAtOnce) {
    const std::size_t size = std::min(respondentsAtOnce, respondents - first);
    Eigen::MatrixXd block(static_cast<Eigen::Index>(size), count);
    for (Eigen::Index r = 0; r < count; ++r) {
      const std::vector<double>& one = weights[static_cast<std::size_t>(r)];
      block.col(r) = Eigen::Map<const Eigen::VectorXd>(one.data() + first, block.rows());
    }
    products.noalias() += block.transpose() * block;
  }
  Eigen::ColPivHouseholderQR<Eigen::MatrixXd> decomposition(products);
  decomposition.setThreshold(rankTolerance);
  return std::max(1.0, static_cast<double>(decomposition.rank()) - 1.0);
}

}  // namespace canvass
