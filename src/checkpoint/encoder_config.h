#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "checkpoint/tensor_spec.h"

namespace canvass {

// Everything that decides the mathematics of one encoder of the BERT line (Devlin et al. 2019):
// learned positions, a norm after each sublayer, a GELU MLP, biases everywhere.
struct EncoderConfig {
  std::string architecture;  // "BertModel"
  std::int64_t vocabularySize = 0;
  std::int64_t hiddenSize = 0;
  std::int64_t intermediateSize = 0;
  std::int64_t layerCount = 0;
  std::int64_t headCount = 0;  // divides hiddenSize
  std::int64_t maxPositions = 0;
  std::int64_t segmentCount = 0;  // kinds of text that tokens may belong to; all are of the first
  double normEpsilon = 0.0;

  bool operator==(const EncoderConfig&) const = default;
};

// Whether config.json of the folder describes an encoder that canvass knows. False where there is
// no config.json, or it is of anything else.
bool isEncoder(const std::filesystem::path& modelFolder);

// Reads config.json. Throws Error naming the key for an unknown architecture, a missing key, and
// any key that changes the mathematics in a way that is not implemented.
EncoderConfig readEncoderConfig(const std::filesystem::path& modelFolder);
EncoderConfig parseEncoderConfig(const std::string& json, const std::string& where);

// The six linear layers of one layer, in the order query, key, value, attention output, MLP in,
// MLP out. `prefix`: before every name, "" or "bert.".
std::vector<LinearSpec> encoderLinearLayers(const EncoderConfig& config, const std::string& prefix,
                                            std::int64_t layer);

// Every parameter that hidden states depend on, as Hugging Face names it behind `prefix`.
std::vector<TensorSpec> encoderTensors(const EncoderConfig& config, const std::string& prefix);

}  // namespace canvass
