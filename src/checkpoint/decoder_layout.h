#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checkpoint/decoder_config.h"

namespace canvass {

// One parameter of a decoder: its name in Hugging Face files and its shape.
struct TensorSpec {
  std::string name;
  std::vector<std::int64_t> shape;
};

// A linear layer by its module name ("model.layers.0.self_attn.q_proj"): weight is out x in.
struct LinearSpec {
  std::string module;
  std::int64_t outputs = 0;
  std::int64_t inputs = 0;
  bool bias = false;
};

// The seven linear layers of one decoder layer, in the order query, key, value, output, gate, up,
// down.
std::vector<LinearSpec> linearLayers(const DecoderConfig& config, std::int64_t layer);

// Every parameter the decoder has; lm_head.weight only where embeddings are not tied.
std::vector<TensorSpec> decoderTensors(const DecoderConfig& config);

}  // namespace canvass
