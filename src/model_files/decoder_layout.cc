#include "model_files/decoder_layout.h"

#include <fmt/format.h>

namespace canvass {
namespace {

LayerParameters layerParameters(const LayerConfig& config, std::int64_t hidden, std::size_t index) {
  const std::string layer = fmt::format("model.layers.{}.", index);
  const std::string attention = layer + "self_attn.";
  const std::string mlp = layer + "mlp.";
  const std::int64_t queries = config.headCount * config.headSize;
  const std::int64_t keys = config.keyValueHeadCount * config.headSize;
  LayerParameters out;
  out.attentionNorm = {layer + "input_layernorm", hidden};
  out.attention = {{attention + "q_proj", queries, hidden, config.queryKeyValueBias},
                   {attention + "k_proj", keys, hidden, config.queryKeyValueBias},
                   {attention + "v_proj", keys, hidden, config.queryKeyValueBias},
                   {attention + "o_proj", hidden, queries, config.attentionOutputBias},
                   {},
                   {}};
  if (config.queryKeyNorm) {
    out.attention.queryNorm = NormSpec{attention + "q_norm", config.headSize};
    out.attention.keyNorm = NormSpec{attention + "k_norm", config.headSize};
  }
  out.feedForwardNorm = {layer + "post_attention_layernorm", hidden};
  out.feedForward = {{mlp + "gate_proj", config.intermediateSize, hidden, config.mlpBias},
                     {mlp + "up_proj", config.intermediateSize, hidden, config.mlpBias},
                     {mlp + "down_proj", hidden, config.intermediateSize, config.mlpBias}};
  return out;
}

void appendLayer(std::vector<TensorSpec>& tensors, const LayerParameters& layer) {
  appendTensors(tensors, layer.attentionNorm);
  appendTensors(tensors, layer.feedForwardNorm);
  if (layer.attention.queryNorm) appendTensors(tensors, *layer.attention.queryNorm);
  if (layer.attention.keyNorm) appendTensors(tensors, *layer.attention.keyNorm);
  for (const LinearSpec& linear : linearLayers(layer)) appendTensors(tensors, linear);
}

}  // namespace

DecoderParameters decoderParameters(const DecoderConfig& config) {
  DecoderParameters out;
  out.embeddings = {"model.embed_tokens.weight", {config.vocabularySize, config.hiddenSize}};
  out.norm = {"model.norm", config.hiddenSize};
  if (!config.tiedEmbeddings) {
    out.head = TensorSpec{"lm_head.weight", {config.vocabularySize, config.hiddenSize}};
  }
  for (std::size_t index = 0; index < config.layers.size(); ++index) {
    out.layers.push_back(layerParameters(config.layers[index], config.hiddenSize, index));
  }
  return out;
}

std::vector<LinearSpec> linearLayers(const LayerParameters& layer) {
  const auto& [query, key, value, output, queryNorm, keyNorm] = layer.attention;
  const auto& [gate, up, down] = layer.feedForward;
  return {query, key, value, output, gate, up, down};
}

std::vector<TensorSpec> decoderTensors(const DecoderConfig& config) {
  const DecoderParameters parameters = decoderParameters(config);
  std::vector<TensorSpec> tensors = {parameters.embeddings};
  appendTensors(tensors, parameters.norm);
  if (parameters.head) tensors.push_back(*parameters.head);
  for (const LayerParameters& layer : parameters.layers) appendLayer(tensors, layer);
  return tensors;
}

}  // namespace canvass
