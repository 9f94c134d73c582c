#include "model_files/decoder_families.h"

#include <algorithm>

#include "model_files/family_parts.h"
#include "model_files/gemma_families.h"

namespace canvass {
namespace {

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
  config.supply("tie_word_embeddings", true);
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

// To add a family: a reader above, a line here, a checkpoint in tools/oracle/model_families.py.
constexpr DecoderFamily families[] = {
    {"LlamaForCausalLM", readLlama},     {"MistralForCausalLM", readMistral},
    {"Qwen2ForCausalLM", readQwen2},     {"Qwen3ForCausalLM", readQwen3},
    {"GemmaForCausalLM", readGemma},     {"Gemma2ForCausalLM", readGemma2},
    {"Gemma3ForCausalLM", readGemma3},   {"Gemma3ForConditionalGeneration", readGemma3WithVision},
    {"Phi3ForCausalLM", readPhi3},       {"Olmo2ForCausalLM", readOlmo2},
    {"SmolLM3ForCausalLM", readSmolLm3},
};

}  // namespace

std::span<const DecoderFamily> decoderFamilies() { return families; }

}  // namespace canvass
