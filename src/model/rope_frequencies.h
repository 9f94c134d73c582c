#pragma once

#include <vector>

#include "model_files/layer_config.h"

namespace canvass {

// Radians per position of each rotary pair, [size / 2]: theta^(-2i/size), stretched as the config's
// scaling says (linear: divided by the factor; llama3 and yarn: long
// wavelengths only; divided: each by its divisor).
std::vector<double> rotaryFrequencies(const RotaryConfig& config);

}  // namespace canvass
