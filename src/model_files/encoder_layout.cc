#include "model_files/encoder_layout.h"

#include <fmt/format.h>

namespace canvass {
namespace {

EncoderLayerParameters encoderLayer(const EncoderConfig& config, std::int64_t index) {
  const std::string layer = fmt::format("encoder.layer.{}.", index);
  const std::int64_t hidden = config.hiddenSize;
  const std::int64_t inner = config.intermediateSize;
  const std::string projection = config.family == EncoderFamily::deberta ? "_proj" : "";
  return {.query = {layer + "attention.self.query" + projection, hidden, hidden, true},
          .key = {layer + "attention.self.key" + projection, hidden, hidden, true},
          .value = {layer + "attention.self.value" + projection, hidden, hidden, true},
          .output = {layer + "attention.output.dense", hidden, hidden, true},
          .inner = {layer + "intermediate.dense", inner, hidden, true},
          .outer = {layer + "output.dense", hidden, inner, true},
          .attentionNorm = {layer + "attention.output.LayerNorm", hidden, true},
          .outputNorm = {layer + "output.LayerNorm", hidden, true}};
}

void appendEncoderLayer(std::vector<TensorSpec>& tensors, const EncoderLayerParameters& layer) {
  const auto& [query, key, value, output, inner, outer, attentionNorm, outputNorm] = layer;
  for (const LinearSpec& linear : {query, key, value, output, inner, outer}) {
    appendTensors(tensors, linear);
  }
  for (const NormSpec& norm : {attentionNorm, outputNorm}) appendTensors(tensors, norm);
}

}  // namespace

EncoderParameters encoderParameters(const EncoderConfig& config) {
  const std::int64_t hidden = config.hiddenSize;
  EncoderParameters out;
  out.words = {"embeddings.word_embeddings.weight", {config.vocabularySize, hidden}};
  out.embeddingNorm = {"embeddings.LayerNorm", hidden, true};
  if (config.relative) {
    out.distances =
        TensorSpec{"encoder.rel_embeddings.weight", {2 * config.relative->buckets, hidden}};
    out.distanceNorm = NormSpec{"encoder.LayerNorm", hidden, true};
  } else {
    out.positions =
        TensorSpec{"embeddings.position_embeddings.weight", {config.positionCount, hidden}};
    out.segments =
        TensorSpec{"embeddings.token_type_embeddings.weight", {config.segmentCount, hidden}};
  }
  for (std::int64_t index = 0; index < config.layerCount; ++index) {
    out.layers.push_back(encoderLayer(config, index));
  }
  return out;
}

std::vector<TensorSpec> encoderTensors(const EncoderConfig& config) {
  const EncoderParameters parameters = encoderParameters(config);
  std::vector<TensorSpec> tensors = {parameters.words};
  appendTensors(tensors, parameters.embeddingNorm);
  for (const auto& table : {parameters.positions, parameters.segments, parameters.distances}) {
    if (table) tensors.push_back(*table);
  }
  if (parameters.distanceNorm) appendTensors(tensors, *parameters.distanceNorm);
  for (const auto& layer : parameters.layers) appendEncoderLayer(tensors, layer);
  return tensors;
}

}  // namespace canvass
