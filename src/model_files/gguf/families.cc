#include "model_files/gguf/families.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "model_files/gguf/rotary.h"
#include "model_files/layer_config.h"

namespace canvass::gguf {
namespace {

// What the configs of all architectures have in common.
Json sizes(Reading& reading) {
  ArchitectureKeys& keys = reading.keys;
  const auto& tensors = reading.file.tensors();
  const auto embeddings = tensors.find("token_embd.weight");
  if (embeddings == tensors.end() || embeddings->second.shape.size() != 2) {
    keys.fail("vocab_size", "the tensor \"token_embd.weight\", whose rows are counted, is missing");
  }
  const std::int64_t vocabulary = embeddings->second.shape.front();
  keys.require("vocab_size", vocabulary);
  const std::int64_t heads = keys.sameForAllLayers("attention.head_count");
  Json config = {{"vocab_size", vocabulary},
                 {"hidden_size", keys.integer("embedding_length")},
                 {"intermediate_size", keys.sameForAllLayers("feed_forward_length")},
                 {"num_hidden_layers", keys.integer("block_count")},
                 {"num_attention_heads", heads},
                 {"num_key_value_heads", keys.has("attention.head_count_kv")
                                             ? keys.sameForAllLayers("attention.head_count_kv")
                                             : heads},
                 {"max_position_embeddings", keys.integer("context_length")},
                 {"rms_norm_eps", keys.number("attention.layer_norm_rms_epsilon")},
                 {"tie_word_embeddings", !reading.hasTensor("output.weight")}};
  if (keys.has("attention.key_length")) {
    config["head_dim"] = keys.integer("attention.key_length");
    keys.require("attention.value_length", config["head_dim"].get<std::int64_t>());
  }
  return config;
}

Json readLlamaLike(Reading& reading, const char* architecture) {
  Json config = sizes(reading);
  addRotary(reading, config);
  config["hidden_act"] = "silu";
  config["attention_bias"] = reading.hasTensor("blk.0.attn_q.bias");
  config["architectures"] = {architecture};
  return config;
}

// Llama and Mistral: the same computation, but for the window.
Json readLlama(Reading& reading) {
  reading.keys.require("expert_count", 0);
  reading.keys.require("expert_used_count", 0);
  Json config = readLlamaLike(reading, "LlamaForCausalLM");
  config["mlp_bias"] = reading.hasTensor("blk.0.ffn_gate.bias");
  if (reading.keys.has("attention.sliding_window")) {
    config["sliding_window"] = reading.keys.integer("attention.sliding_window");
    config["architectures"] = {"MistralForCausalLM"};
  }
  return config;
}

// Files leave to the program that reads them that every fourth layer is without positions.
Json readSmolLm3(Reading& reading) {
  Json config = readLlamaLike(reading, "SmolLM3ForCausalLM");
  config["mlp_bias"] = reading.hasTensor("blk.0.ffn_gate.bias");
  config["use_sliding_window"] = false;
  Json turns = Json::array();
  const auto layers = std::min(config["num_hidden_layers"].get<std::int64_t>(), maxLayers);
  for (std::int64_t layer = 1; layer <= layers; ++layer) turns.push_back(layer % 4 == 0 ? 0 : 1);
  config["no_rope_layers"] = std::move(turns);
  return config;
}

Json readQwen2(Reading& reading) {
  Json config = readLlamaLike(reading, "Qwen2ForCausalLM");
  config.erase("attention_bias");  // which it always has
  config["use_sliding_window"] = false;
  return config;
}

Json readQwen3(Reading& reading) {
  Json config = readLlamaLike(reading, "Qwen3ForCausalLM");
  config["use_sliding_window"] = false;
  return config;
}

Json readOlmo2(Reading& reading) { return readLlamaLike(reading, "Olmo2ForCausalLM"); }

// A window of 0 is none.
Json readPhi3(Reading& reading) {
  Json config = sizes(reading);
  addPartialRotary(reading, config);
  config["hidden_act"] = "silu";
  config["architectures"] = {"Phi3ForCausalLM"};
  const std::int64_t window = reading.keys.integer("attention.sliding_window");
  if (window != 0) config["sliding_window"] = window;
  return config;
}

// What all generations of Gemma have in common.
Json readGemmaSizes(Reading& reading) {
  Json config = sizes(reading);
  config["head_dim"] = reading.keys.integer("attention.key_length");
  addRotary(reading, config);
  config["attention_bias"] = false;
  return config;
}

Json readGemma1(Reading& reading) {
  Json config = readGemmaSizes(reading);
  config["hidden_act"] = "gelu_pytorch_tanh";
  config["architectures"] = {"GemmaForCausalLM"};
  return config;
}

// By what the products of attention are scaled is not in Gemma's files: the size of a head, but in
// the largest models of both generations, which have `layers`, the width that each head would have
// of the model's.
Json readLaterGemma(Reading& reading, std::int64_t layers) {
  Json config = readGemmaSizes(reading);
  config["hidden_activation"] = "gelu_pytorch_tanh";
  config["sliding_window"] = reading.keys.integer("attention.sliding_window");
  config["query_pre_attn_scalar"] = config["head_dim"];
  if (config["num_hidden_layers"] == layers) {
    const auto heads = config["num_attention_heads"].get<std::int64_t>();
    config["query_pre_attn_scalar"] =
        config["hidden_size"].get<std::int64_t>() / std::max<std::int64_t>(heads, 1);
  }
  if (reading.keys.has("final_logit_softcapping")) {
    config["final_logit_softcapping"] = reading.keys.number("final_logit_softcapping");
  }
  return config;
}

Json readGemma2(Reading& reading) {
  Json config = readLaterGemma(reading, 46);
  config["attn_logit_softcapping"] = reading.keys.number("attn_logit_softcapping");
  config["architectures"] = {"Gemma2ForCausalLM"};
  return config;
}

// Files leave to the program that reads them: every sixth layer attends to all tokens, the others
// to a window, with rotary positions of their own.
Json readGemma3(Reading& reading) {
  Json config = readLaterGemma(reading, 62);
  config["rope_local_base_freq"] = 10000.0;
  config["sliding_window_pattern"] = 6;
  config["architectures"] = {"Gemma3ForCausalLM"};
  return config;
}

constexpr Family all[] = {
    {"llama", "llama", readLlama},       {"qwen2", "qwen2", readQwen2},
    {"qwen3", "qwen3", readQwen3},       {"gemma", "gemma", readGemma1},
    {"gemma2", "gemma2", readGemma2},    {"gemma3", "gemma3_text", readGemma3},
    {"phi3", "phi3", readPhi3},          {"olmo2", "olmo2", readOlmo2},
    {"smollm3", "smollm3", readSmolLm3},
};

}  // namespace

std::span<const Family> families() { return all; }

}  // namespace canvass::gguf
