#include "model_files/decoder_layout.h"

#include <fmt/format.h>

namespace canvass {
namespace {

std::string layerPrefix(std::int64_t layer) { return fmt::format("model.layers.{}.", layer); }

void appendLayer(std::vector<TensorSpec>& tensors, const DecoderConfig& config,
                 std::int64_t layer) {
  const std::string prefix = layerPrefix(layer);
  tensors.push_back({prefix + "input_layernorm.weight", {config.hiddenSize}});
  tensors.push_back({prefix + "post_attention_layernorm.weight", {config.hiddenSize}});
  if (config.queryKeyNorm) {
    tensors.push_back({prefix + "self_attn.q_norm.weight", {config.headSize}});
    tensors.push_back({prefix + "self_attn.k_norm.weight", {config.headSize}});
  }
  for (const LinearSpec& linear : linearLayers(config, layer)) appendTensors(tensors, linear);
}

}  // namespace

std::vector<LinearSpec> linearLayers(const DecoderConfig& config, std::int64_t layer) {
  const std::string attention = layerPrefix(layer) + "self_attn.";
  const std::string mlp = layerPrefix(layer) + "mlp.";
  const std::int64_t hidden = config.hiddenSize;
  const std::int64_t queries = config.headCount * config.headSize;
  const std::int64_t keys = config.keyValueHeadCount * config.headSize;
  return {{attention + "q_proj", queries, hidden, config.queryKeyValueBias},
          {attention + "k_proj", keys, hidden, config.queryKeyValueBias},
          {attention + "v_proj", keys, hidden, config.queryKeyValueBias},
          {attention + "o_proj", hidden, queries, config.attentionOutputBias},
          {mlp + "gate_proj", config.intermediateSize, hidden, config.mlpBias},
          {mlp + "up_proj", config.intermediateSize, hidden, config.mlpBias},
          {mlp + "down_proj", hidden, config.intermediateSize, config.mlpBias}};
}

std::vector<TensorSpec> decoderTensors(const DecoderConfig& config) {
  std::vector<TensorSpec> tensors = {
      {"model.embed_tokens.weight", {config.vocabularySize, config.hiddenSize}},
      {"model.norm.weight", {config.hiddenSize}}};
  if (!config.tiedEmbeddings) {
    tensors.push_back({"lm_head.weight", {config.vocabularySize, config.hiddenSize}});
  }
  for (std::int64_t layer = 0; layer < config.layerCount; ++layer) {
    appendLayer(tensors, config, layer);
  }
  return tensors;
}

}  // namespace canvass
