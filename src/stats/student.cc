#include "stats/student.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"

namespace canvass {
namespace {

// Integral of cos^power from 0 to `angle` by Simpson's rule.
double integralOfCosine(double power, double angle) {
  constexpr int steps = 400;
  const double step = angle / steps;
  double sum = 1.0 + std::pow(std::cos(angle), power);
  for (int i = 1; i < steps; ++i)
    sum += (i % 2 == 1 ? 4.0 : 2.0) * std::pow(std::cos(i * step), power);
  return sum * step / 3.0;
}

// Integral of cos^power from 0 to a right angle: half the beta function B(1/2, (power + 1) / 2).
double wholeIntegral(double power) {
  const double a = 0.5 * (power + 1.0);
  return 0.5 * std::sqrt(std::numbers::pi) * std::exp(std::lgamma(a) - std::lgamma(a + 0.5));
}

// Beyond some angle nothing is left of the integrand; steps are not wasted there.
double largestAngle(double power) {
  return std::min(0.5 * std::numbers::pi, 40.0 / std::sqrt(power + 1.0));
}

}  // namespace

double studentQuantile(double probability, double degrees) {
  if (!(probability > 0.0 && probability < 1.0) || !(degrees >= 1.0)) {
    throw Error(fmt::format("there is no t quantile at {} with {} degrees of freedom", probability,
                            degrees));
  }
  if (probability < 0.5) return -studentQuantile(1.0 - probability, degrees);
  const double power = degrees - 1.0;
  const double wanted = (probability - 0.5) * 2.0 * wholeIntegral(power);
  double low = 0.0;
  double high = largestAngle(power);
  for (int i = 0; i < 100 && low < high; ++i) {
    const double middle = 0.5 * (low + high);
    (integralOfCosine(power, middle) < wanted ? low : high) = middle;
  }
  return std::sqrt(degrees) * std::tan(0.5 * (low + high));
}

}  // namespace canvass
