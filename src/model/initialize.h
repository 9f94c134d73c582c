#pragma once

#include <cstdint>
#include <filesystem>

#include "model_files/decoder_config.h"

namespace canvass {

// Writes config.json and model.safetensors of a new random decoder. Embeddings are standard normal
// and linear layers normal with variance 1/inputs, the two that write into the residual stream
// divided by sqrt(2 layers); the head starts near zero, so that training starts from uniform
// answers. With so few parameters, unit embeddings learn several times faster than the 0.02 of
// large models.
void initializeDecoder(const DecoderConfig& config, std::uint64_t seed,
                       const std::filesystem::path& modelFolder);

}  // namespace canvass
