#include "stats/adjusted_tests.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

namespace canvass {

std::optional<Adjustment> adjustmentCalled(std::string_view name) {
  if (name == "holm") return Adjustment::holm;
  if (name == "bh") return Adjustment::benjaminiHochberg;
  if (name == "none") return Adjustment::none;
  return std::nullopt;
}

const char* titleOf(Adjustment adjustment) {
  switch (adjustment) {
    case Adjustment::holm:
      return "Holm";
    case Adjustment::benjaminiHochberg:
      return "Benjamini-Hochberg";
    case Adjustment::none:
      break;
  }
  return "not adjusted";
}

std::vector<double> adjusted(std::span<const double> probabilities, Adjustment adjustment) {
  std::vector<double> result(probabilities.begin(), probabilities.end());
  if (adjustment == Adjustment::none) return result;
  std::vector<std::size_t> order(result.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return probabilities[i]; });
  const auto count = static_cast<double>(order.size());
  double bound = adjustment == Adjustment::holm ? 0.0 : 1.0;
  for (std::size_t step = 0; step < order.size(); ++step) {
    // Holm goes up from the smallest p, Benjamini and Hochberg down from the largest.
    const bool isHolm = adjustment == Adjustment::holm;
    const std::size_t rank = isHolm ? step : order.size() - 1 - step;
    const double p = probabilities[order[rank]];
    const double place = static_cast<double>(rank);
    bound = isHolm ? std::max(bound, std::min(1.0, (count - place) * p))
                   : std::min(bound, count / (place + 1.0) * p);
    result[order[rank]] = bound;
  }
  return result;
}

double studentProbability(double t, double degrees) {
  const double distance = std::abs(t);
  if (!std::isfinite(degrees)) {
    return 2.0 * boost::math::cdf(boost::math::complement(boost::math::normal(), distance));
  }
  const boost::math::students_t_distribution<double> distribution(degrees);
  return 2.0 * boost::math::cdf(boost::math::complement(distribution, distance));
}

}  // namespace canvass
