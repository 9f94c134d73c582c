#include "model_files/decoder_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "base/error.h"
#include "model_files/config_reader.h"

namespace canvass {
namespace {

constexpr std::int64_t mostLayers = 10'000;

RopeScaling readLlama3Scaling(ConfigReader& rope) {
  RopeScaling scaling{RopeScalingKind::llama3, rope.positiveNumber("factor"),
                      rope.positiveNumber("low_freq_factor"),
                      rope.positiveNumber("high_freq_factor"),
                      rope.positiveNumber("original_max_position_embeddings")};
  if (scaling.highFrequencyFactor <= scaling.lowFrequencyFactor) {
    rope.fail("\"high_freq_factor\" must be above \"low_freq_factor\"");
  }
  return scaling;
}

RopeScaling readRopeScaling(ConfigReader& rope) {
  // Files before 2024 call the key "type".
  const std::string kind = rope.has("rope_type") ? rope.text("rope_type") : rope.text("type");
  rope.ignore("type");
  if (kind == "default") return {};
  if (kind == "linear") {
    return {RopeScalingKind::linear, rope.positiveNumber("factor"), 1.0, 1.0, 0.0};
  }
  if (kind == "llama3") return readLlama3Scaling(rope);
  rope.fail(
      fmt::format("rope scaling \"{}\" is not implemented (known: default, linear, llama3)", kind));
}

// Two spellings: rope_theta + rope_scaling, and since transformers 5 rope_parameters with both.
void readRope(ConfigReader& config, DecoderConfig& out) {
  if (config.has("rope_parameters")) {
    ConfigReader rope = config.object("rope_parameters");
    out.ropeTheta = rope.positiveNumber("rope_theta");
    out.ropeScaling = readRopeScaling(rope);
    rope.requireAllRead();
    config.ignore("rope_theta");
    if (config.has("rope_scaling")) {
      config.fail("\"rope_parameters\" and \"rope_scaling\" are both there; keep one of them");
    }
    return;
  }
  out.ropeTheta = config.positiveNumber("rope_theta");
  if (!config.has("rope_scaling")) return;
  ConfigReader rope = config.object("rope_scaling");
  out.ropeScaling = readRopeScaling(rope);
  rope.requireAllRead();
}

void readSizes(ConfigReader& config, DecoderConfig& out) {
  out.vocabularySize = config.positiveInteger("vocab_size");
  out.hiddenSize = config.positiveInteger("hidden_size");
  out.intermediateSize = config.positiveInteger("intermediate_size");
  out.layerCount = config.positiveInteger("num_hidden_layers");
  // Something is kept for each of them before the weights tell how many there are.
  if (out.layerCount > mostLayers) {
    config.fail(
        fmt::format("\"num_hidden_layers\" is {}, more than any model has", out.layerCount));
  }
  out.headCount = config.positiveInteger("num_attention_heads");
  out.keyValueHeadCount = config.positiveInteger("num_key_value_heads");
  out.maxPositions = config.positiveInteger("max_position_embeddings");
  out.normEpsilon = config.positiveNumber("rms_norm_eps");
  out.tiedEmbeddings = config.boolean("tie_word_embeddings");
}

void readHeadSize(ConfigReader& config, DecoderConfig& out) {
  if (config.has("head_dim")) {
    out.headSize = config.positiveInteger("head_dim");
  } else if (out.hiddenSize % out.headCount == 0) {
    out.headSize = out.hiddenSize / out.headCount;
  } else {
    config.fail(
        "\"hidden_size\" is not a multiple of \"num_attention_heads\" and there is no "
        "\"head_dim\"");
  }
}

// "sliding_window" of all layers, or of those that "layer_types" calls sliding.
void readWindows(ConfigReader& config, DecoderConfig& out, std::int64_t firstSlidingLayer) {
  const std::int64_t window =
      config.has("sliding_window") ? config.positiveInteger("sliding_window") : 0;
  out.attentionWindow.assign(static_cast<std::size_t>(out.layerCount), 0);
  const auto layerTypes = config.texts("layer_types");
  if (!layerTypes.empty() && layerTypes.size() != out.attentionWindow.size()) {
    config.fail("\"layer_types\" must name every layer");
  }
  for (std::size_t layer = 0; layer < out.attentionWindow.size(); ++layer) {
    bool slides = static_cast<std::int64_t>(layer) >= firstSlidingLayer;
    if (!layerTypes.empty()) {
      const std::string& type = layerTypes[layer];
      if (type != "full_attention" && type != "sliding_attention") {
        config.fail(fmt::format("the layer type \"{}\" is not implemented", type));
      }
      slides = type == "sliding_attention";
      if (slides && window == 0) config.fail("a sliding layer needs \"sliding_window\"");
    }
    if (slides) out.attentionWindow[layer] = window;
  }
}

// Llama 1 and 2, Vicuna and their contemporaries leave out what did not exist when they were
// written; for this architecture alone an absent key has that one meaning.
void readLlama(ConfigReader& config, DecoderConfig& out) {
  config.supply("rope_theta", 10000.0);
  config.supply("num_key_value_heads", config.positiveInteger("num_attention_heads"));
  config.supply("attention_bias", false);
  config.supply("mlp_bias", false);
  readSizes(config, out);
  readHeadSize(config, out);
  readRope(config, out);
  out.queryKeyValueBias = out.attentionOutputBias = config.boolean("attention_bias");
  out.mlpBias = config.boolean("mlp_bias");
  config.requireNothing("sliding_window");
  readWindows(config, out, out.layerCount);
}

// A window of null is none; without the key there would be the one that transformers assumes.
void readMistral(ConfigReader& config, DecoderConfig& out) {
  readSizes(config, out);
  readHeadSize(config, out);
  readRope(config, out);
  config.requireMention("sliding_window");
  readWindows(config, out, 0);
}

// Layers from max_window_layers on slide, where use_sliding_window says so.
void readQwenWindows(ConfigReader& config, DecoderConfig& out) {
  if (!config.boolean("use_sliding_window")) {
    config.clear("sliding_window");
    config.ignore("max_window_layers");
    readWindows(config, out, out.layerCount);
    return;
  }
  if (!config.has("sliding_window")) config.fail("the key \"sliding_window\" is missing");
  readWindows(config, out, config.integer("max_window_layers"));
}

// q, k and v have biases though no key says so.
void readQwen2(ConfigReader& config, DecoderConfig& out) {
  readSizes(config, out);
  readHeadSize(config, out);
  readRope(config, out);
  out.queryKeyValueBias = true;
  readQwenWindows(config, out);
}

void readQwen3(ConfigReader& config, DecoderConfig& out) {
  readSizes(config, out);
  if (!config.has("head_dim")) config.fail("the key \"head_dim\" is missing");
  readHeadSize(config, out);
  readRope(config, out);
  out.queryKeyNorm = true;
  out.queryKeyValueBias = out.attentionOutputBias = config.boolean("attention_bias");
  readQwenWindows(config, out);
}

struct Family {
  const char* architecture;
  const char* modelType;
  void (*read)(ConfigReader&, DecoderConfig&);
};

// To add a family: a reader above, a line here, a checkpoint in tools/oracle/checkpoints.py.
constexpr Family families[] = {
    {"LlamaForCausalLM", "llama", readLlama},
    {"MistralForCausalLM", "mistral", readMistral},
    {"Qwen2ForCausalLM", "qwen2", readQwen2},
    {"Qwen3ForCausalLM", "qwen3", readQwen3},
};

const Family& findFamily(ConfigReader& config) {
  const auto architectures = config.texts("architectures");
  if (architectures.size() != 1) config.fail("\"architectures\" must name one architecture");
  for (const Family& family : families) {
    if (architectures[0] == family.architecture) return family;
  }
  config.fail(fmt::format("the architecture \"{}\" is not known (known: {})", architectures[0],
                          fmt::join(knownArchitectures(), ", ")));
}

void checkConsistency(ConfigReader& config, const DecoderConfig& out) {
  if (out.headCount % out.keyValueHeadCount != 0) {
    config.fail("\"num_attention_heads\" is not a multiple of \"num_key_value_heads\"");
  }
  if (out.headSize % 2 != 0) config.fail("rotary positions need an even head size");
}

}  // namespace

std::vector<std::string> knownArchitectures() {
  std::vector<std::string> names;
  for (const Family& family : families) names.emplace_back(family.architecture);
  return names;
}

DecoderConfig parseDecoderConfig(const Json& json, const std::string& where) {
  ConfigReader config(json, where);
  const Family& family = findFamily(config);
  DecoderConfig out;
  out.architecture = family.architecture;
  family.read(config, out);
  config.requireValue("hidden_act", "silu");
  config.requireValueIfPresent("attention_dropout", 0.0);
  config.requireValueIfPresent("rope_interleaved", false);
  config.requireValueIfPresent("use_mrope", false);
  config.requireNothing("quantization_config");
  ignoreHarmlessKeys(config);
  config.requireAllRead();
  checkConsistency(config, out);
  return out;
}

DecoderConfig readDecoderConfig(const ModelFiles& model) {
  return parseDecoderConfig(model.json("config.json"), model.describe("config.json"));
}

std::string writeDecoderConfig(const DecoderConfig& config) {
  const bool plainLlama = config.architecture == "LlamaForCausalLM" && !config.queryKeyNorm &&
                          config.ropeScaling == RopeScaling{} &&
                          config.queryKeyValueBias == config.attentionOutputBias &&
                          std::all_of(config.attentionWindow.begin(), config.attentionWindow.end(),
                                      [](std::int64_t window) { return window == 0; });
  if (!plainLlama) throw Error("only Llama-shaped decoders are made by canvass");
  const Json json = {{"architectures", {config.architecture}},
                     {"model_type", "llama"},
                     {"vocab_size", config.vocabularySize},
                     {"hidden_size", config.hiddenSize},
                     {"intermediate_size", config.intermediateSize},
                     {"num_hidden_layers", config.layerCount},
                     {"num_attention_heads", config.headCount},
                     {"num_key_value_heads", config.keyValueHeadCount},
                     {"head_dim", config.headSize},
                     {"max_position_embeddings", config.maxPositions},
                     {"rms_norm_eps", config.normEpsilon},
                     {"rope_theta", config.ropeTheta},
                     {"rope_scaling", nullptr},
                     {"tie_word_embeddings", config.tiedEmbeddings},
                     {"attention_bias", config.queryKeyValueBias},
                     {"mlp_bias", config.mlpBias},
                     {"hidden_act", "silu"},
                     {"bos_token_id", 1},
                     {"eos_token_id", 2},
                     {"torch_dtype", "float32"}};
  return json.dump(2) + "\n";
}

}  // namespace canvass
