#include "model_files/decoder_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "base/error.h"
#include "model_files/config_reader.h"

namespace canvass {
namespace {

constexpr std::int64_t maxLayers = 10'000;

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
void readRope(ConfigReader& config, RotaryConfig& out) {
  if (config.has("rope_parameters")) {
    ConfigReader rope = config.object("rope_parameters");
    out.theta = rope.positiveNumber("rope_theta");
    out.scaling = readRopeScaling(rope);
    rope.requireAllRead();
    config.ignore("rope_theta");
    if (config.has("rope_scaling")) {
      config.fail("\"rope_parameters\" and \"rope_scaling\" are both present; keep one of them");
    }
    return;
  }
  out.theta = config.positiveNumber("rope_theta");
  if (!config.has("rope_scaling")) return;
  ConfigReader rope = config.object("rope_scaling");
  out.scaling = readRopeScaling(rope);
  rope.requireAllRead();
}

// The sizes of the model, which are also those of each of its layers.
LayerConfig readSizes(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer;
  out.vocabularySize = config.positiveInteger("vocab_size");
  out.hiddenSize = config.positiveInteger("hidden_size");
  layer.intermediateSize = config.positiveInteger("intermediate_size");
  const std::int64_t layerCount = config.positiveInteger("num_hidden_layers");
  // Something is allocated for each of them before the weights show how many there are.
  if (layerCount > maxLayers) {
    config.fail(fmt::format("\"num_hidden_layers\" is {}, more than any model has", layerCount));
  }
  layer.headCount = config.positiveInteger("num_attention_heads");
  layer.keyValueHeadCount = config.positiveInteger("num_key_value_heads");
  out.maxPositions = config.positiveInteger("max_position_embeddings");
  out.norm = layer.norm = {NormKind::rms, config.positiveNumber("rms_norm_eps")};
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

// What the layers of all families known so far have in common.
LayerConfig readLayer(ConfigReader& config, DecoderConfig& out) {
  LayerConfig layer = readSizes(config, out);
  readHeadSize(config, out.hiddenSize, layer);
  layer.attentionScale = usualAttentionScale(layer.headSize);
  layer.rotary.size = layer.headSize;
  readRope(config, layer.rotary);
  layer.activation = Activation::silu;
  config.requireValue("hidden_act", "silu");
  return layer;
}

// "sliding_window" of all layers, or of those that "layer_types" calls sliding.
void readWindows(ConfigReader& config, DecoderConfig& out, std::size_t firstSlidingLayer) {
  const std::int64_t window =
      config.has("sliding_window") ? config.positiveInteger("sliding_window") : 0;
  const auto layerTypes = config.texts("layer_types");
  if (!layerTypes.empty() && layerTypes.size() != out.layers.size()) {
    config.fail("\"layer_types\" must name every layer");
  }
  for (std::size_t layer = 0; layer < out.layers.size(); ++layer) {
    bool slides = layer >= firstSlidingLayer;
    if (!layerTypes.empty()) {
      const std::string& type = layerTypes[layer];
      if (type != "full_attention" && type != "sliding_attention") {
        config.fail(fmt::format("the layer type \"{}\" is not implemented", type));
      }
      slides = type == "sliding_attention";
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
  layer.queryKeyNorm = true;
  layer.queryKeyValueBias = layer.attentionOutputBias = config.boolean("attention_bias");
  setAll(out, layer);
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

void checkConsistency(const ConfigReader& config, const LayerConfig& layer) {
  if (layer.headCount % layer.keyValueHeadCount != 0) {
    config.fail("\"num_attention_heads\" is not a multiple of \"num_key_value_heads\"");
  }
  if (layer.headSize % 2 != 0) config.fail("rotary positions need an even head size");
}

// Whether a Llama config of canvass's own can say everything about these layers.
bool arePlainLlama(const std::vector<LayerConfig>& layers) {
  const LayerConfig& first = layers.front();
  return !first.queryKeyNorm && first.rotary.scaling == RopeScaling{} &&
         first.queryKeyValueBias == first.attentionOutputBias && first.attentionWindow == 0 &&
         first.attentionScale == usualAttentionScale(first.headSize) &&
         std::all_of(layers.begin(), layers.end(),
                     [&](const LayerConfig& layer) { return layer == first; });
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
  config.requireValueIfPresent("attention_dropout", 0.0);
  config.requireValueIfPresent("rope_interleaved", false);
  config.requireValueIfPresent("use_mrope", false);
  config.requireNothing("quantization_config");
  ignoreHarmlessKeys(config);
  config.requireAllRead();
  for (const LayerConfig& layer : out.layers) checkConsistency(config, layer);
  return out;
}

DecoderConfig readDecoderConfig(const ModelFiles& model) {
  return parseDecoderConfig(model.json("config.json"), model.describe("config.json"));
}

double usualAttentionScale(std::int64_t headSize) {
  return 1.0F / std::sqrt(static_cast<float>(headSize));
}

std::string writeDecoderConfig(const DecoderConfig& config) {
  if (config.architecture != "LlamaForCausalLM" || !arePlainLlama(config.layers)) {
    throw Error("only Llama-shaped decoders are made by canvass");
  }
  const LayerConfig& layer = config.layers.front();
  const Json json = {{"architectures", {config.architecture}},
                     {"model_type", "llama"},
                     {"vocab_size", config.vocabularySize},
                     {"hidden_size", config.hiddenSize},
                     {"intermediate_size", layer.intermediateSize},
                     {"num_hidden_layers", config.layers.size()},
                     {"num_attention_heads", layer.headCount},
                     {"num_key_value_heads", layer.keyValueHeadCount},
                     {"head_dim", layer.headSize},
                     {"max_position_embeddings", config.maxPositions},
                     {"rms_norm_eps", config.norm.epsilon},
                     {"rope_theta", layer.rotary.theta},
                     {"rope_scaling", nullptr},
                     {"tie_word_embeddings", config.tiedEmbeddings},
                     {"attention_bias", layer.queryKeyValueBias},
                     {"mlp_bias", layer.mlpBias},
                     {"hidden_act", "silu"},
                     {"bos_token_id", 1},
                     {"eos_token_id", 2},
                     {"torch_dtype", "float32"}};
  return json.dump(2) + "\n";
}

}  // namespace canvass
