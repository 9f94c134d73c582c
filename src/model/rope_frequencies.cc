#include "model/rope_frequencies.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace canvass {
namespace {

double stretchLlama3(double frequency, const RopeScaling& scaling) {
  const double wavelength = 2.0 * std::numbers::pi / frequency;
  const double periods = scaling.originalMaxPositions / wavelength;
  if (periods > scaling.highFrequencyFactor) return frequency;
  if (periods < scaling.lowFrequencyFactor) return frequency / scaling.factor;
  const double blend = (periods - scaling.lowFrequencyFactor) /
                       (scaling.highFrequencyFactor - scaling.lowFrequencyFactor);
  return (1.0 - blend) * frequency / scaling.factor + blend * frequency;
}

// The pair, as a fraction, that turns so many times within the original context.
double pairTurning(double times, const RotaryConfig& config) {
  const double wavelength = config.scaling.originalMaxPositions / (times * 2.0 * std::numbers::pi);
  return static_cast<double>(config.size) * std::log(wavelength) / (2.0 * std::log(config.theta));
}

double stretchYarn(double frequency, double pair, const RotaryConfig& config) {
  const RopeScaling& scaling = config.scaling;
  double low = pairTurning(scaling.betaFast, config);
  double high = pairTurning(scaling.betaSlow, config);
  if (scaling.roundsLimits) low = std::floor(low), high = std::ceil(high);
  low = std::max(low, 0.0);
  high = std::min(high, static_cast<double>(config.size) - 1.0);
  if (low == high) high += 0.001;
  const double slow = std::clamp((pair - low) / (high - low), 0.0, 1.0);
  return slow * frequency / scaling.factor + (1.0 - slow) * frequency;
}

double stretch(double frequency, std::size_t pair, const RotaryConfig& config) {
  const RopeScaling& scaling = config.scaling;
  switch (scaling.kind) {
    case RopeScalingKind::none:
      return frequency;
    case RopeScalingKind::linear:
      return frequency / scaling.factor;
    case RopeScalingKind::llama3:
      return stretchLlama3(frequency, scaling);
    case RopeScalingKind::yarn:
      return stretchYarn(frequency, static_cast<double>(pair), config);
    case RopeScalingKind::divided:
      return frequency / scaling.divisors.at(pair);
  }
  return frequency;
}

}  // namespace

std::vector<double> rotaryFrequencies(const RotaryConfig& config) {
  std::vector<double> frequencies;
  for (std::int64_t i = 0; i < config.size; i += 2) {
    const double exponent = static_cast<double>(i) / static_cast<double>(config.size);
    frequencies.push_back(stretch(std::pow(config.theta, -exponent), frequencies.size(), config));
  }
  return frequencies;
}

}  // namespace canvass
