#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model_files/config_reader.h"
#include "model_files/decoder_config.h"
#include "model_files/rope_config.h"

namespace canvass {

// What the readers of several families share. All throw Error naming the key at fault.

// Sizes, heads and norms of every layer, and what of the decoder goes with them: all but rotary
// positions and activation.
LayerConfig readAttention(ConfigReader& config, DecoderConfig& out);

// The layers of Llama and of those that follow it.
LayerConfig readLayer(ConfigReader& config, DecoderConfig& out,
                      Rotation rotation = Rotation::whole);

// "layer_types": one for each layer, or none.
std::vector<std::string> readLayerTypes(ConfigReader& config, std::size_t layers);

// "sliding_window" of the layers from `firstSlidingLayer` on, or of those that "layer_types" calls
// sliding.
void readWindows(ConfigReader& config, DecoderConfig& out, std::size_t firstSlidingLayer);

void setAll(DecoderConfig& out, const LayerConfig& layer);

// After a family's reader: what is left must not change the computation.
void requireAllUnderstood(ConfigReader& config);

}  // namespace canvass
