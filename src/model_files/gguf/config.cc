#include "model_files/gguf/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "model_files/gguf/tensor_names.h"
#include "model_files/rope_config.h"

namespace canvass::gguf {
namespace {

// The keys of one architecture ("llama.block_count"), which remembers those that were read.
class ArchitectureKeys {
 public:
  ArchitectureKeys(const Metadata& metadata, std::string architecture)
      : metadata_(metadata), prefix_(std::move(architecture) + ".") {}

  bool has(const std::string& key) const { return metadata_.has(prefix_ + key); }
  std::int64_t integer(const std::string& key) { return metadata_.integer(mark(key)); }
  std::string text(const std::string& key) { return metadata_.text(mark(key)); }

  // Single precision in the file: the shortest decimal that is this number, as config.json has it.
  double number(const std::string& key) {
    const auto value = static_cast<float>(metadata_.number(mark(key)));
    return std::stod(fmt::format("{}", value));
  }
  double numberOr(const std::string& key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  std::int64_t sameForAllLayers(const std::string& key) {
    return metadata_.sameForAllLayers(mark(key));
  }

  void ignore(const std::string& key) { mark(key); }
  void require(const std::string& key, std::int64_t value) {
    if (has(key) && integer(key) != value) {
      fail(key, fmt::format("{} is not implemented, only {}", integer(key), value));
    }
  }
  [[noreturn]] void fail(const std::string& key, const std::string& fault) const {
    metadata_.fail(prefix_ + key, fault);
  }

  void requireAllRead(const std::string& where) const {
    std::vector<std::string> unread;
    for (const std::string& key : metadata_.keys(prefix_)) {
      if (!read_.contains(key)) unread.push_back(key);
    }
    if (!unread.empty()) {
      throw Error(fmt::format("the keys {} are not understood", fmt::join(unread, ", ")), where,
                  "they may change what the model computes");
    }
  }

 private:
  std::string mark(const std::string& key) { return *read_.insert(prefix_ + key).first; }

  const Metadata& metadata_;
  std::string prefix_;
  std::set<std::string> read_;
};

struct Reading {
  const GgufFile& file;
  ArchitectureKeys& keys;

  bool hasTensor(const std::string& name) const { return file.tensors().contains(name); }
};

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

// Llama 3 is stretched by a table of divisors, computed when the file was made.
void addDivisors(const GgufFile& file, Json& config) {
  const auto found = file.tensors().find(ropeDivisors);
  if (found == file.tensors().end()) return;
  const StoredTensor& table = found->second;
  if (table.type != ElementType::float32) {
    throw Error(fmt::format("the tensor \"{}\" is of type {}, not F32", ropeDivisors,
                            elementTypeName(table.type)));
  }
  std::vector<float> divisors(table.bytes.size() / sizeof(float));
  std::memcpy(divisors.data(), table.bytes.data(), table.bytes.size());
  if (config.contains("rope_scaling")) {
    throw Error(fmt::format("there are both a factor and \"{}\" to scale positions", ropeDivisors));
  }
  config["rope_scaling"] = {{"rope_type", dividedFrequencies}, {"divisors", divisors}};
}

void requireFullRotation(Reading& reading, const Json& config) {
  const std::int64_t headSize =
      config.contains("head_dim")
          ? config["head_dim"].get<std::int64_t>()
          : config["hidden_size"].get<std::int64_t>() /
                std::max<std::int64_t>(config["num_attention_heads"].get<std::int64_t>(), 1);
  reading.keys.require("rope.dimension_count", headSize);
}

// The rotary positions of llama.cpp: theta 10,000 unless the file has another.
void addRotary(Reading& reading, Json& config) {
  ArchitectureKeys& keys = reading.keys;
  config["rope_theta"] = keys.numberOr("rope.freq_base", 10000.0);
  const std::string kind =
      keys.has("rope.scaling.type") ? keys.text("rope.scaling.type") : std::string("linear");
  if (kind != "linear" && kind != "none") {
    keys.fail("rope.scaling.type", fmt::format("rope scaling \"{}\" is not implemented", kind));
  }
  if (keys.has("rope.scaling.factor")) {
    const double factor = keys.number("rope.scaling.factor");
    if (kind == "linear") config["rope_scaling"] = {{"rope_type", kind}, {"factor", factor}};
  }
  // These say how the model came to its context, which the factor and the divisors already do.
  for (const char* key : {"rope.scaling.original_context_length", "rope.scaling.finetuned"}) {
    keys.ignore(key);
  }
  addDivisors(reading.file, config);
  requireFullRotation(reading, config);
}

// Llama and Mistral: the same computation, but for the window.
Json readLlama(Reading& reading) {
  reading.keys.require("expert_count", 0);
  reading.keys.require("expert_used_count", 0);
  Json config = sizes(reading);
  addRotary(reading, config);
  config["hidden_act"] = "silu";
  config["attention_bias"] = reading.hasTensor("blk.0.attn_q.bias");
  config["mlp_bias"] = reading.hasTensor("blk.0.ffn_gate.bias");
  config["architectures"] = {"LlamaForCausalLM"};
  if (reading.keys.has("attention.sliding_window")) {
    config["sliding_window"] = reading.keys.integer("attention.sliding_window");
    config["architectures"] = {"MistralForCausalLM"};
  }
  return config;
}

Json readQwen(Reading& reading, const char* architecture) {
  Json config = sizes(reading);
  addRotary(reading, config);
  config["hidden_act"] = "silu";
  config["use_sliding_window"] = false;
  config["architectures"] = {architecture};
  return config;
}

Json readQwen2(Reading& reading) { return readQwen(reading, "Qwen2ForCausalLM"); }

Json readQwen3(Reading& reading) {
  Json config = readQwen(reading, "Qwen3ForCausalLM");
  config["attention_bias"] = reading.hasTensor("blk.0.attn_q.bias");
  return config;
}

// What Gemma's files leave to the program that reads them: every sixth layer attends to all tokens,
// the others to a window, with rotary positions of their own.
Json readGemma3(Reading& reading) {
  Json config = sizes(reading);
  config["head_dim"] = reading.keys.integer("attention.key_length");
  addRotary(reading, config);
  config["rope_local_base_freq"] = 10000.0;
  config["hidden_activation"] = "gelu_pytorch_tanh";
  config["sliding_window"] = reading.keys.integer("attention.sliding_window");
  config["sliding_window_pattern"] = 6;
  config["query_pre_attn_scalar"] = config["head_dim"];
  config["attention_bias"] = false;
  config["architectures"] = {"Gemma3ForCausalLM"};
  return config;
}

struct Architecture {
  const char* name;       // general.architecture
  const char* modelType;  // of config.json
  Json (*read)(Reading&);
};

constexpr Architecture architectures[] = {
    {"llama", "llama", readLlama},
    {"qwen2", "qwen2", readQwen2},
    {"qwen3", "qwen3", readQwen3},
    {"gemma3", "gemma3_text", readGemma3},
};

const Architecture& architectureOf(const Metadata& metadata) {
  constexpr const char* key = "general.architecture";
  const std::string name = metadata.text(key);
  std::vector<std::string> known;
  for (const Architecture& one : architectures) {
    if (name == one.name) return one;
    known.emplace_back(one.name);
  }
  metadata.fail(key, fmt::format("the architecture \"{}\" is not known (known: {})", name,
                                 fmt::join(known, ", ")));
}

void addTokens(const Metadata& metadata, Json& config) {
  constexpr std::pair<const char*, const char*> keys[] = {
      {"tokenizer.ggml.bos_token_id", "bos_token_id"},
      {"tokenizer.ggml.eos_token_id", "eos_token_id"},
  };
  for (const auto& [key, name] : keys) {
    if (metadata.has(key)) config[name] = metadata.integer(key);
  }
  // Where a turn ends, if that is another token than the end of a text.
  constexpr const char* endOfTurn = "tokenizer.ggml.eot_token_id";
  if (metadata.has(endOfTurn) && config.contains("eos_token_id")) {
    config["eos_token_id"] = {config["eos_token_id"], metadata.integer(endOfTurn)};
  }
}

}  // namespace

Json configOf(const GgufFile& file, const std::string& where) {
  const Metadata& metadata = file.metadata();
  const Architecture& architecture = architectureOf(metadata);
  ArchitectureKeys keys(metadata, architecture.name);
  Reading reading{file, keys};
  Json config = architecture.read(reading);
  config["model_type"] = architecture.modelType;
  addTokens(metadata, config);
  keys.requireAllRead(where);
  return config;
}

}  // namespace canvass::gguf
