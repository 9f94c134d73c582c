#include "model_files/decoder_layout.h"

#include <fmt/format.h>

namespace canvass {
namespace {

AttentionParameters attentionParameters(const LayerConfig& config, std::int64_t hidden,
                                        const std::string& prefix) {
  const std::int64_t queries = config.headCount * config.headSize;
  const std::int64_t keys = config.keyValueHeadCount * config.headSize;
  const bool bias = config.queryKeyValueBias;
  AttentionParameters out;
  if (config.fused) {
    out.projections = {{prefix + "qkv_proj", queries + 2 * keys, hidden, bias}};
  } else {
    out.projections = {{prefix + "q_proj", queries, hidden, bias},
                       {prefix + "k_proj", keys, hidden, bias},
                       {prefix + "v_proj", keys, hidden, bias}};
  }
  out.output = {prefix + "o_proj", hidden, queries, config.attentionOutputBias};
  if (config.queryKeyNorm == QueryKeyNorm::none) return out;
  const bool each = config.queryKeyNorm == QueryKeyNorm::eachHead;
  out.queryNorm = NormSpec{prefix + "q_norm", each ? config.headSize : queries};
  out.keyNorm = NormSpec{prefix + "k_norm", each ? config.headSize : keys};
  return out;
}

FeedForwardParameters feedForwardParameters(const LayerConfig& config, std::int64_t hidden,
                                            const std::string& prefix) {
  const std::int64_t inner = config.intermediateSize;
  FeedForwardParameters out;
  if (config.fused) {
    out.inner = {{prefix + "gate_up_proj", 2 * inner, hidden, config.mlpBias}};
  } else {
    out.inner = {{prefix + "gate_proj", inner, hidden, config.mlpBias},
                 {prefix + "up_proj", inner, hidden, config.mlpBias}};
  }
  out.down = {prefix + "down_proj", hidden, inner, config.mlpBias};
  return out;
}

LayerParameters layerParameters(const LayerConfig& config, std::int64_t hidden,
                                const std::string& layer) {
  const auto norm = [&](const char* name) { return NormSpec{layer + name, hidden}; };
  LayerParameters out;
  out.attention = attentionParameters(config, hidden, layer + "self_attn.");
  out.feedForward = feedForwardParameters(config, hidden, layer + "mlp.");
  if (config.normPlacement != NormPlacement::after) {
    out.attentionNorm = norm("input_layernorm");
    // The second norm of a layer, whatever it follows; with four, each says where it is.
    out.feedForwardNorm =
        norm(config.normPlacement == NormPlacement::before ? "post_attention_layernorm"
                                                           : "pre_feedforward_layernorm");
  }
  if (config.normPlacement != NormPlacement::before) {
    out.attendedNorm = norm("post_attention_layernorm");
    out.fedForwardNorm = norm("post_feedforward_layernorm");
  }
  return out;
}

void appendLayer(std::vector<TensorSpec>& tensors, const LayerParameters& layer) {
  for (const NormSpec& norm : norms(layer)) appendTensors(tensors, norm);
  for (const LinearSpec& linear : linearLayers(layer)) appendTensors(tensors, linear);
}

}  // namespace

DecoderParameters decoderParameters(const DecoderConfig& config) {
  DecoderParameters out;
  const std::string& prefix = config.weightPrefix;
  const std::vector<std::int64_t> table = {config.vocabularySize, config.hiddenSize};
  out.embeddings = {prefix + "model.embed_tokens.weight", table};
  out.norm = {prefix + "model.norm", config.hiddenSize};
  if (!config.tiedEmbeddings) out.head = TensorSpec{prefix + "lm_head.weight", table};
  for (std::size_t index = 0; index < config.layers.size(); ++index) {
    out.layers.push_back(layerParameters(config.layers[index], config.hiddenSize,
                                         fmt::format("{}model.layers.{}.", prefix, index)));
  }
  return out;
}

std::vector<LinearSpec> linearLayers(const LayerParameters& layer) {
  std::vector<LinearSpec> all = layer.attention.projections;
  all.push_back(layer.attention.output);
  all.insert(all.end(), layer.feedForward.inner.begin(), layer.feedForward.inner.end());
  all.push_back(layer.feedForward.down);
  return all;
}

std::vector<NormSpec> norms(const LayerParameters& layer) {
  std::vector<NormSpec> all;
  for (const auto& norm :
       {layer.attentionNorm, layer.attendedNorm, layer.feedForwardNorm, layer.fedForwardNorm,
        layer.attention.queryNorm, layer.attention.keyNorm}) {
    if (norm) all.push_back(*norm);
  }
  return all;
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
