#pragma once

#include <vector>

#include "model_files/decoder_config.h"

namespace canvass {

// Radians per position of each rotary pair, [headSize / 2]: theta^(-2i/headSize), stretched as the
// config's rope scaling says (linear: divided by the factor; llama3: long wavelengths only).
std::vector<double> rotaryFrequencies(const DecoderConfig& config);

}  // namespace canvass
