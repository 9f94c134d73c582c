#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model_files/encoder_config.h"
#include "model_files/tensor_spec.h"

namespace canvass {

// The parameters of an encoder by their part in it, with the names they have in Hugging Face files
// behind the prefix of a model with a head: the one list of these names.

struct EncoderLayerParameters {
  LinearSpec query, key, value, output;
  LinearSpec inner, outer;  // of the MLP
  NormSpec attentionNorm, outputNorm;
};

struct EncoderParameters {
  TensorSpec words;
  NormSpec embeddingNorm;
  std::optional<TensorSpec> positions, segments;  // of families with learned positions
  std::optional<TensorSpec> distances;            // of families that attend to distances
  std::optional<NormSpec> distanceNorm;
  std::vector<EncoderLayerParameters> layers;
};

EncoderParameters encoderParameters(const EncoderConfig& config);

// Every tensor that hidden states depend on.
std::vector<TensorSpec> encoderTensors(const EncoderConfig& config);

}  // namespace canvass
