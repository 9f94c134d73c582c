#pragma once

#include <optional>
#include <vector>

#include "model_files/decoder_config.h"
#include "model_files/tensor_spec.h"

namespace canvass {

// The parameters of a decoder by their part in it, with the names they have in Hugging Face files:
// the one list of these names.

struct AttentionParameters {
  LinearSpec query, key, value, output;
  std::optional<NormSpec> queryNorm, keyNorm;  // of each head
};

struct FeedForwardParameters {
  LinearSpec gate, up, down;
};

struct LayerParameters {
  NormSpec attentionNorm;
  AttentionParameters attention;
  NormSpec feedForwardNorm;
  FeedForwardParameters feedForward;
};

struct DecoderParameters {
  TensorSpec embeddings;
  NormSpec norm;
  std::optional<TensorSpec> head;  // none if embeddings are tied
  std::vector<LayerParameters> layers;
};

DecoderParameters decoderParameters(const DecoderConfig& config);

// The linear layers of one decoder layer, in the order query, key, value, output, gate, up, down.
std::vector<LinearSpec> linearLayers(const LayerParameters& layer);

// Every tensor of the decoder.
std::vector<TensorSpec> decoderTensors(const DecoderConfig& config);

}  // namespace canvass
