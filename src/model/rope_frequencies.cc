#include "model/rope_frequencies.h"

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

double stretch(double frequency, const RopeScaling& scaling) {
  switch (scaling.kind) {
    case RopeScalingKind::none:
      return frequency;
    case RopeScalingKind::linear:
      return frequency / scaling.factor;
    case RopeScalingKind::llama3:
      return stretchLlama3(frequency, scaling);
  }
  return frequency;
}

}  // namespace

std::vector<double> rotaryFrequencies(const RotaryConfig& config) {
  std::vector<double> frequencies;
  for (std::int64_t i = 0; i < config.size; i += 2) {
    const double exponent = static_cast<double>(i) / static_cast<double>(config.size);
    frequencies.push_back(stretch(std::pow(config.theta, -exponent), config.scaling));
  }
  return frequencies;
}

}  // namespace canvass
