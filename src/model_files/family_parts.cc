#include "model_files/family_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "model_files/rope_config.h"

namespace canvass {
namespace {

// The sizes of the model, which are also those of each of its layers.
LayerConfig readSizes(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer;
  out.vocabularySize = config.positiveInteger("vocab_size");
  out.hiddenSize = config.positiveInteger("hidden_size");
  layer.intermediateSize = config.positiveInteger("intermediate_size");
  const std::int64_t layerCount = config.positiveInteger("num_hidden_layers", maxLayers);
  layer.headCount = config.positiveInteger("num_attention_heads");
  layer.keyValueHeadCount = config.positiveInteger("num_key_value_heads");
  if (layer.headCount % layer.keyValueHeadCount != 0) {
    config.fail("\"num_attention_heads\" is not a multiple of \"num_key_value_heads\"");
  }
  out.maxPositions = config.positiveInteger("max_position_embeddings");
  out.norm = layer.norm = {NormKind::rms, config.positiveNumber("rms_norm_eps"), false};
  out.tiedEmbeddings = config.boolean("tie_word_embeddings");
  out.layers.resize(static_cast<std::size_t>(layerCount));
  return layer;
}

void readHeadSize(ConfigReader& config, std::int64_t hiddenSize, LayerConfig& out) {
  if (config.has("head_dim")) {
    out.headSize = config.positiveInteger("head_dim");
  } else if (hiddenSize % out.headCount == 0) {
    out.headSize = hiddenSize / out.headCount;
  } else {
    config.fail(
        "\"hidden_size\" is not a multiple of \"num_attention_heads\" and there is no "
        "\"head_dim\"");
  }
}

}  // namespace

LayerConfig readAttention(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readSizes(config, out);
  readHeadSize(config, out.hiddenSize, layer);
  layer.attentionScale = usualAttentionScale(layer.headSize);
  layer.rotary.size = layer.headSize;
  return layer;
}

LayerConfig readLayer(ConfigReader& config, DecoderConfig& out, Rotation rotation) {
  LayerConfig layer = readAttention(config, out);
  readRope(config, layer.rotary, rotation);
  layer.activation = Activation::silu;
  config.requireValue("hidden_act", "silu");
  return layer;
}

std::vector<std::string> readLayerTypes(ConfigReader& config, std::size_t layers) {
  const auto types = config.texts("layer_types");
  if (!types.empty() && types.size() != layers) {
    config.fail("\"layer_types\" must name every layer");
  }
  for (const std::string& type : types) {
    if (type != "full_attention" && type != "sliding_attention") {
      config.fail(fmt::format("the layer type \"{}\" is not implemented", type));
    }
  }
  return types;
}

void readWindows(ConfigReader& config, DecoderConfig& out, std::size_t firstSlidingLayer) {
  const std::int64_t window =
      config.has("sliding_window") ? config.positiveInteger("sliding_window") : 0;
  const auto layerTypes = readLayerTypes(config, out.layers.size());
  for (std::size_t layer = 0; layer < out.layers.size(); ++layer) {
    bool slides = layer >= firstSlidingLayer;
    if (!layerTypes.empty()) {
      slides = layerTypes[layer] == "sliding_attention";
      if (slides && window == 0) config.fail("a sliding layer needs \"sliding_window\"");
    }
    if (slides) out.layers[layer].attentionWindow = window;
  }
}

void setAll(DecoderConfig& out, const LayerConfig& layer) {
  std::fill(out.layers.begin(), out.layers.end(), layer);
}

void requireAllUnderstood(ConfigReader& config) {
  config.requireValueIfPresent("attention_dropout", 0.0);
  config.requireValueIfPresent("rope_interleaved", false);
  config.requireValueIfPresent("use_mrope", false);
  config.requireNothing("quantization_config");
  ignoreHarmlessKeys(config);
  config.requireAllRead();
}

}  // namespace canvass
