#pragma once

#include <cstdint>
#include <vector>

#include "model_files/decoder_config.h"
#include "model_files/tensor_spec.h"

namespace canvass {

// The seven linear layers of one decoder layer, in the order query, key, value, output, gate, up,
// down.
std::vector<LinearSpec> linearLayers(const DecoderConfig& config, std::int64_t layer);

// Every parameter the decoder has; lm_head.weight only where embeddings are not tied.
std::vector<TensorSpec> decoderTensors(const DecoderConfig& config);

}  // namespace canvass
