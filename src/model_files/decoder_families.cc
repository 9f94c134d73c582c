#include "model_files/decoder_families.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "model_files/rope_config.h"

namespace canvass {
namespace {

// The sizes of the model, which are also those of each of its layers.
LayerConfig readSizes(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer;
  out.vocabularySize = config.positiveInteger("vocab_size");
  out.hiddenSize = config.positiveInteger("hidden_size");
  layer.intermediateSize = config.positiveInteger("intermediate_size");
  const std::int64_t layerCount = config.positiveInteger("num_hidden_layers");
  if (layerCount > maxLayers) {
    config.fail(fmt::format("\"num_hidden_layers\" is {}, more than any model has", layerCount));
  }
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

// What the layers of all families have in common, but for rotary positions and activation.
LayerConfig readAttention(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readSizes(config, out);
  readHeadSize(config, out.hiddenSize, layer);
  layer.attentionScale = usualAttentionScale(layer.headSize);
  layer.rotary.size = layer.headSize;
  return layer;
}

// The layers of Llama and of those that follow it.
LayerConfig readLayer(ConfigReader& config, DecoderConfig& out,
                      Rotation rotation = Rotation::whole) {
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

// "sliding_window" of all layers, or of those that "layer_types" calls sliding.
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

// Llama 1 and 2, Vicuna and their contemporaries leave out what did not exist when they were
// written; only for this architecture does an absent key have that one meaning.
void readLlama(ConfigReader& config, DecoderConfig& out) {
  config.supply("rope_theta", 10000.0);
  config.supply("num_key_value_heads", config.positiveInteger("num_attention_heads"));
  config.supply("attention_bias", false);
  config.supply("mlp_bias", false);
  LayerConfig layer = readLayer(config, out);
  layer.queryKeyValueBias = layer.attentionOutputBias = config.boolean("attention_bias");
  layer.mlpBias = config.boolean("mlp_bias");
  setAll(out, layer);
  config.requireNothing("sliding_window");
  readWindows(config, out, out.layers.size());
}

// A window of null means none; without the key, it would be the one that transformers assumes.
void readMistral(ConfigReader& config, DecoderConfig& out) {
  setAll(out, readLayer(config, out));
  config.requireMention("sliding_window");
  readWindows(config, out, 0);
}

// Layers from max_window_layers on slide, if use_sliding_window says so.
void readQwenWindows(ConfigReader& config, DecoderConfig& out) {
  if (!config.boolean("use_sliding_window")) {
    config.clear("sliding_window");
    config.ignore("max_window_layers");
    readWindows(config, out, out.layers.size());
    return;
  }
  if (!config.has("sliding_window")) config.fail("the key \"sliding_window\" is missing");
  const std::int64_t first = config.integer("max_window_layers");
  readWindows(config, out, static_cast<std::size_t>(std::max<std::int64_t>(first, 0)));
}

// q, k and v have biases although no key says so.
void readQwen2(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readLayer(config, out);
  layer.queryKeyValueBias = true;
  setAll(out, layer);
  readQwenWindows(config, out);
}

void readQwen3(ConfigReader& config, DecoderConfig& out) {
  if (!config.has("head_dim")) config.fail("the key \"head_dim\" is missing");
  LayerConfig layer = readLayer(config, out);
  layer.queryKeyNorm = QueryKeyNorm::eachHead;
  layer.queryKeyValueBias = layer.attentionOutputBias = config.boolean("attention_bias");
  setAll(out, layer);
  readQwenWindows(config, out);
}

// Projections are fused. Texts are read up to the length that the short factors of LongRoPE are
// for.
void readPhi3(ConfigReader& config, DecoderConfig& out) {
  config.supply("tie_word_embeddings", false);
  config.supply("attention_bias", false);
  LayerConfig layer = readLayer(config, out, Rotation::maybePartial);
  layer.fused = true;
  config.requireValueIfPresent("attention_bias", false);
  for (const char* key : {"resid_pdrop", "embd_pdrop", "original_max_position_embeddings"}) {
    config.ignore(key);
  }
  if (layer.rotary.scaling.kind == RopeScalingKind::divided) {
    out.maxPositions = std::min(
        out.maxPositions, static_cast<std::int64_t>(layer.rotary.scaling.originalMaxPositions));
  }
  setAll(out, layer);
  readWindows(config, out, 0);
}

// Norms follow attention and MLP only; queries and keys are normed over all their heads.
void readOlmo2(ConfigReader& config, DecoderConfig& out) {
  config.supply("tie_word_embeddings", false);
  config.supply("num_key_value_heads", config.positiveInteger("num_attention_heads"));
  LayerConfig layer = readLayer(config, out);
  layer.normPlacement = NormPlacement::after;
  layer.queryKeyNorm = QueryKeyNorm::allHeads;
  layer.queryKeyValueBias = layer.attentionOutputBias = config.boolean("attention_bias");
  setAll(out, layer);
}

// Every layer for which "no_rope_layers" has a 0 is without positions.
void readSmolLm3(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readLayer(config, out);
  layer.queryKeyValueBias = layer.attentionOutputBias = config.boolean("attention_bias");
  layer.mlpBias = config.boolean("mlp_bias");
  setAll(out, layer);
  const auto turns = config.integers("no_rope_layers");
  if (turns.size() != out.layers.size()) {
    config.fail("\"no_rope_layers\" must say for every layer whether it has positions");
  }
  config.ignore("no_rope_layer_interval");
  for (std::size_t i = 0; i < turns.size(); ++i) {
    if (turns[i] == 0) out.layers[i].rotary = RotaryConfig();
  }
  readQwenWindows(config, out);
}

// What Gemma 2 and 3 have in common: norms around zero before and after, scaled embeddings, heads
// whose products are scaled by a number of their own. Ends before windows and positions.
LayerConfig readGemma(ConfigReader& config, DecoderConfig& out) {
  config.supply("tie_word_embeddings", true);
  config.supply("attention_bias", false);
  LayerConfig layer = readAttention(config, out);
  layer.norm.aroundZero = out.norm.aroundZero = true;
  layer.normPlacement = NormPlacement::beforeAndAfter;
  layer.queryKeyValueBias = layer.attentionOutputBias = config.boolean("attention_bias");
  layer.attentionScale = 1.0 / std::sqrt(config.positiveNumber("query_pre_attn_scalar"));
  layer.activation = Activation::gelu;
  config.requireValue("hidden_activation", "gelu_pytorch_tanh");
  config.requireValueIfPresent("hidden_act", "gelu_pytorch_tanh");
  config.requireValueIfPresent("use_bidirectional_attention", false);
  config.ignore("cache_implementation");
  out.embeddingScale = std::sqrt(static_cast<float>(out.hiddenSize));
  const auto capOf = [&](const char* key) {
    return config.has(key) ? config.positiveNumber(key) : 0.0;
  };
  layer.attentionCap = capOf("attn_logit_softcapping");
  out.logitCap = capOf("final_logit_softcapping");
  return layer;
}

// Whether each layer slides: "layer_types", or in older files all but each `period`-th.
std::vector<bool> readSlidingLayers(ConfigReader& config, std::size_t layers, std::size_t period) {
  const auto types = readLayerTypes(config, layers);
  std::vector<bool> slides;
  for (std::size_t i = 0; i < layers; ++i) {
    slides.push_back(types.empty() ? (i + 1) % period != 0 : types[i] == "sliding_attention");
  }
  return slides;
}

// Every other layer slides.
void readGemma2(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readGemma(config, out);
  readRope(config, layer.rotary);
  const std::int64_t window = config.positiveInteger("sliding_window");
  setAll(out, layer);
  const auto slides = readSlidingLayers(config, out.layers.size(), 2);
  for (std::size_t i = 0; i < out.layers.size(); ++i) {
    if (slides[i]) out.layers[i].attentionWindow = window;
  }
}

// The positions of layers that slide and of those that see all tokens. Older files have
// rope_scaling for the latter only.
void readGemma3Rope(ConfigReader& config, RotaryConfig& sliding, RotaryConfig& full) {
  if (config.has("rope_parameters")) {
    ConfigReader rope = config.object("rope_parameters");
    readRopeParameters(config, rope.object("sliding_attention"), sliding);
    readRopeParameters(config, rope.object("full_attention"), full);
    rope.requireAllRead();
    for (const char* key : {"rope_theta", "rope_local_base_freq", "rope_scaling"}) {
      config.ignore(key);
    }
    return;
  }
  sliding.theta = config.positiveNumber("rope_local_base_freq");
  full.theta = config.positiveNumber("rope_theta");
  readRopeScaling(config, full);
}

// Of six layers five slide, unless "layer_types" or "sliding_window_pattern" says otherwise.
void readGemma3(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readGemma(config, out);
  layer.queryKeyNorm = QueryKeyNorm::eachHead;
  LayerConfig sliding = layer;
  readGemma3Rope(config, sliding.rotary, layer.rotary);
  sliding.attentionWindow = config.positiveInteger("sliding_window");
  config.supply("sliding_window_pattern", 6);
  const std::int64_t period = config.positiveInteger("sliding_window_pattern");
  config.ignore("_sliding_window_pattern");
  const auto slides =
      readSlidingLayers(config, out.layers.size(), static_cast<std::size_t>(period));
  for (std::size_t i = 0; i < out.layers.size(); ++i) out.layers[i] = slides[i] ? sliding : layer;
}

// To add a family: a reader above, a line here, a checkpoint in tools/oracle/model_families.py.
constexpr DecoderFamily families[] = {
    {"LlamaForCausalLM", readLlama},     {"MistralForCausalLM", readMistral},
    {"Qwen2ForCausalLM", readQwen2},     {"Qwen3ForCausalLM", readQwen3},
    {"Gemma2ForCausalLM", readGemma2},   {"Gemma3ForCausalLM", readGemma3},
    {"Phi3ForCausalLM", readPhi3},       {"Olmo2ForCausalLM", readOlmo2},
    {"SmolLM3ForCausalLM", readSmolLm3},
};

}  // namespace

std::span<const DecoderFamily> decoderFamilies() { return families; }

}  // namespace canvass
