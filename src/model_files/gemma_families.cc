#include "model_files/gemma_families.h"

#include <cmath>

#include "model_files/family_parts.h"
#include "model_files/rope_config.h"

namespace canvass {
namespace {

// What all have in common: norms around zero, scaled embeddings. Ends before windows and positions.
LayerConfig readGemmaLayer(ConfigReader& config, DecoderConfig& out) {
  config.supply("tie_word_embeddings", true);
  config.supply("attention_bias", false);
  LayerConfig layer = readAttention(config, out);
  layer.norm.aroundZero = out.norm.aroundZero = true;
  layer.queryKeyValueBias = layer.attentionOutputBias = config.boolean("attention_bias");
  layer.activation = Activation::gelu;
  config.requireValueIfPresent("use_bidirectional_attention", false);
  config.ignore("cache_implementation");
  out.embeddingScale = std::sqrt(static_cast<float>(out.hiddenSize));
  return layer;
}

// Gemma 2 and 3: norms before and after, and heads whose products are scaled by a number of their
// own.
LayerConfig readLaterGemma(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readGemmaLayer(config, out);
  layer.normPlacement = NormPlacement::beforeAndAfter;
  layer.attentionScale = 1.0 / std::sqrt(config.positiveNumber("query_pre_attn_scalar"));
  config.requireValue("hidden_activation", "gelu_pytorch_tanh");
  config.requireValueIfPresent("hidden_act", "gelu_pytorch_tanh");
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

// Published files leave out what transformers' class of this configuration has by itself.
void supplyGemma3Defaults(ConfigReader& text) {
  text.supply("vocab_size", 262208);
  text.supply("num_attention_heads", 8);
  text.supply("num_key_value_heads", 4);
  text.supply("head_dim", 256);
  text.supply("max_position_embeddings", 131072);
  text.supply("rms_norm_eps", 1e-6);
  text.supply("query_pre_attn_scalar", 256);
  text.supply("hidden_activation", "gelu_pytorch_tanh");
  text.supply("rope_theta", 1000000.0);
  text.supply("rope_local_base_freq", 10000.0);
}

}  // namespace

// Which of the two names of the activation is read differs between versions of transformers; only
// if they agree is it known what a file means.
void readGemma(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readGemmaLayer(config, out);
  readRope(config, layer.rotary);
  config.requireValue("hidden_act", "gelu_pytorch_tanh");
  config.requireValueIfPresent("hidden_activation", "gelu_pytorch_tanh");
  setAll(out, layer);
}

// Every other layer slides.
void readGemma2(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readLaterGemma(config, out);
  readRope(config, layer.rotary);
  const std::int64_t window = config.positiveInteger("sliding_window");
  setAll(out, layer);
  const auto slides = readSlidingLayers(config, out.layers.size(), 2);
  for (std::size_t i = 0; i < out.layers.size(); ++i) {
    if (slides[i]) out.layers[i].attentionWindow = window;
  }
}

// Of six layers five slide, unless "layer_types" or "sliding_window_pattern" says otherwise.
void readGemma3(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readLaterGemma(config, out);
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

void readGemma3WithVision(ConfigReader& config, DecoderConfig& out) {
  ConfigReader text = config.object("text_config");
  supplyGemma3Defaults(text);
  if (config.has("tie_word_embeddings")) {
    text.supply("tie_word_embeddings", config.boolean("tie_word_embeddings"));
  }
  readGemma3(text, out);
  requireAllUnderstood(text);
  out.weightPrefix = "language_model.";
  for (const char* key : {"vision_config", "mm_tokens_per_image", "boi_token_index",
                          "eoi_token_index", "image_token_index"}) {
    config.ignore(key);
  }
}

}  // namespace canvass
