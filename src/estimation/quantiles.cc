#include "estimation/quantiles.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cstdint>

namespace canvass {
namespace {

// Without promotion to long double, which takes four times as long for digits nobody needs.
using Fast = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

constexpr int bits = 30;  // accuracy of a quantile
constexpr std::uintmax_t maxSteps = 200;

double cumulative(const BetaMixture& mixture, double share) {
  double sum = 0.0;
  for (const BetaPart& part : mixture) {
    sum += part.weight * boost::math::ibeta(part.a, part.b, share, Fast());
  }
  return sum;
}

}  // namespace

double betaQuantile(double a, double b, double probability) {
  return boost::math::quantile(boost::math::beta_distribution<double>(a, b), probability);
}

double quantile(const BetaMixture& mixture, double probability) {
  const auto excess = [&](double share) { return cumulative(mixture, share) - probability; };
  std::uintmax_t stepsLeft = maxSteps;
  // At 0 the cumulative probability is 0, at 1 it is 1.
  const auto [left, right] =
      boost::math::tools::toms748_solve(excess, 0.0, 1.0, -probability, 1.0 - probability,
                                        boost::math::tools::eps_tolerance<double>(bits), stepsLeft);
  return left + (right - left) / 2.0;
}

}  // namespace canvass
