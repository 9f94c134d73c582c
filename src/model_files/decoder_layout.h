#pragma once

#include <optional>
#include <vector>

#include "model_files/decoder_config.h"
#include "model_files/tensor_spec.h"

namespace canvass {

// The parameters of a decoder by their part in it, with the names they have in Hugging Face files:
// the one list of these names.

struct AttentionParameters {
  std::vector<LinearSpec> projections;  // query, key and value; or one that is all of them
  LinearSpec output;
  std::optional<NormSpec> queryNorm, keyNorm;
};

struct FeedForwardParameters {
  std::vector<LinearSpec> inner;  // gate and up; or one that is both
  LinearSpec down;
};

// Norms that the layer does not have are absent.
struct LayerParameters {
  std::optional<NormSpec> attentionNorm;  // of what attention reads
  AttentionParameters attention;
  std::optional<NormSpec> attendedNorm;     // of what attention adds
  std::optional<NormSpec> feedForwardNorm;  // of what the MLP reads
  FeedForwardParameters feedForward;
  std::optional<NormSpec> fedForwardNorm;  // of what the MLP adds
};

struct DecoderParameters {
  TensorSpec embeddings;
  NormSpec norm;
  std::optional<TensorSpec> head;  // none if embeddings are tied
  std::vector<LayerParameters> layers;
};

DecoderParameters decoderParameters(const DecoderConfig& config);

// The linear layers of one decoder layer, in the order in which they compute.
std::vector<LinearSpec> linearLayers(const LayerParameters& layer);
// Its norms.
std::vector<NormSpec> norms(const LayerParameters& layer);

// Every tensor of the decoder.
std::vector<TensorSpec> decoderTensors(const DecoderConfig& config);

}  // namespace canvass
