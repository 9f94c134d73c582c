#include "weighting/distance_function.h"

#include <cmath>

namespace canvass {
namespace {

RatioFunction::At logitAt(double low, double high, double u) {
  const double steepness = (high - low) / ((1.0 - low) * (high - 1.0));
  // With e = exp(-|a u|), so that nothing overflows.
  const double a = steepness * u;
  const double e = std::exp(-std::abs(a));
  const double constant = (high - 1.0) * (a > 0.0 ? e : 1.0);
  const double rising = (1.0 - low) * (a > 0.0 ? 1.0 : e);
  const double sum = constant + rising;
  const double share = rising / sum;
  const double logOfSum = std::log(sum) + (a > 0.0 ? a : 0.0);
  return {low + (high - low) * share, (high - low) * steepness * share * (1.0 - share),
          low * u + (high - low) / steepness * logOfSum};
}

// Of the ratio g without bounds: where it reaches a value.
double inverse(WeightDistance distance, double ratio) {
  return distance == WeightDistance::linear ? ratio - 1.0 : std::log(ratio);
}

RatioFunction::At unboundedAt(WeightDistance distance, double u) {
  if (distance == WeightDistance::linear) return {1.0 + u, 1.0, u + u * u / 2.0};
  const double g = std::exp(u);
  return {g, g, g};
}

RatioFunction::At beyond(WeightDistance distance, double bound, double u) {
  const double edge = inverse(distance, bound);
  return {bound, 0.0, unboundedAt(distance, edge).integral + bound * (u - edge)};
}

}  // namespace

RatioFunction::At RatioFunction::at(double u) const {
  if (distance == WeightDistance::logit) return logitAt(low, high, u);
  const RatioFunction::At free = unboundedAt(distance, u);
  if (free.ratio < low) return beyond(distance, low, u);
  if (free.ratio > high) return beyond(distance, high, u);
  return free;
}

}  // namespace canvass
