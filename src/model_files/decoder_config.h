#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model_files/layer_config.h"
#include "model_files/model_files.h"

namespace canvass {

// Everything that determines the computation of one decoder, read from config.json. One decoder
// serves all families; what differs between them is a field here or in LayerConfig, never a second
// implementation.
struct DecoderConfig {
  std::string architecture;  // "LlamaForCausalLM"
  std::int64_t vocabularySize = 0;
  std::int64_t hiddenSize = 0;
  std::int64_t maxPositions = 0;
  double embeddingScale = 1.0;  // of what is looked up
  NormConfig norm;              // after the last layer
  bool tiedEmbeddings = false;  // the head is the embedding matrix
  double logitCap = 0.0;        // c: logits become c tanh(x / c); 0: they stay
  std::vector<LayerConfig> layers;
  std::string weightPrefix;  // of the decoder's weights, if they are part of a model that also sees

  bool operator==(const DecoderConfig&) const = default;
};

// Reads config.json. Throws Error naming the key for an unknown architecture, a missing key, and
// any key that changes the computation in a way that is not implemented.
DecoderConfig readDecoderConfig(const ModelFiles& model);
DecoderConfig parseDecoderConfig(const Json& json, const std::string& where);

// config.json as Hugging Face transformers reads it. Only for architectures canvass makes itself.
std::string writeDecoderConfig(const DecoderConfig& config);

std::vector<std::string> knownArchitectures();

}  // namespace canvass
