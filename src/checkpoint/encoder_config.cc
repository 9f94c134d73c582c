#include "checkpoint/encoder_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "checkpoint/config_reader.h"

namespace canvass {
namespace {

constexpr std::int64_t mostLayers = 1'000;

// One network below different heads, which are left alone.
constexpr std::array architectures = {"BertModel", "BertForMaskedLM", "BertForPreTraining",
                                      "BertForSequenceClassification"};

// Where files may be old or new: what Hugging Face transformers takes an absent key for.
void supplyDefaults(ConfigReader& config) {
  config.supply("position_embedding_type", "absolute");
  config.supply("is_decoder", false);
  config.supply("add_cross_attention", false);
}

std::string readArchitecture(ConfigReader& config) {
  const auto named = config.texts("architectures");
  if (named.size() != 1 || std::ranges::find(architectures, named[0]) == architectures.end()) {
    config.fail(fmt::format("the architecture \"{}\" is not a known encoder (known: {})",
                            fmt::join(named, ", "), fmt::join(architectures, ", ")));
  }
  return named[0];
}

void checkConsistency(ConfigReader& config, const EncoderConfig& out) {
  if (out.layerCount > mostLayers) {
    config.fail(
        fmt::format("\"num_hidden_layers\" is {}, more than any model has", out.layerCount));
  }
  if (out.hiddenSize % out.headCount != 0) {
    config.fail("\"hidden_size\" is not a multiple of \"num_attention_heads\"");
  }
}

}  // namespace

EncoderConfig parseEncoderConfig(const std::string& json, const std::string& where) {
  ConfigReader config(parseJson(json, where), where);
  supplyDefaults(config);
  EncoderConfig out;
  out.architecture = readArchitecture(config);
  out.vocabularySize = config.positiveInteger("vocab_size");
  out.hiddenSize = config.positiveInteger("hidden_size");
  out.intermediateSize = config.positiveInteger("intermediate_size");
  out.layerCount = config.positiveInteger("num_hidden_layers");
  out.headCount = config.positiveInteger("num_attention_heads");
  out.maxPositions = config.positiveInteger("max_position_embeddings");
  out.segmentCount = config.positiveInteger("type_vocab_size");
  out.normEpsilon = config.positiveNumber("layer_norm_eps");
  config.requireValue("hidden_act", "gelu");
  config.requireValue("position_embedding_type", "absolute");
  config.requireValue("is_decoder", false);
  config.requireValue("add_cross_attention", false);
  config.requireNothing("quantization_config");
  // Of heads and of training, which here have settings of their own.
  for (const char* key : {"attention_probs_dropout_prob", "hidden_dropout_prob",
                          "classifier_dropout", "gradient_checkpointing", "tie_word_embeddings"}) {
    config.ignore(key);
  }
  ignoreHarmlessKeys(config);
  config.requireAllRead();
  checkConsistency(config, out);
  return out;
}

EncoderConfig readEncoderConfig(const std::filesystem::path& modelFolder) {
  const auto path = modelFolder / "config.json";
  return parseEncoderConfig(readFile(path), path.string());
}

bool isEncoder(const std::filesystem::path& modelFolder) {
  const auto path = modelFolder / "config.json";
  if (!std::filesystem::exists(path)) return false;
  const Json config = parseJson(readFile(path), path.string());
  const auto type = config.is_object() ? config.find("model_type") : config.end();
  return type != config.end() && *type == "bert";
}

std::vector<LinearSpec> encoderLinearLayers(const EncoderConfig& config, const std::string& prefix,
                                            std::int64_t layer) {
  const std::string module = fmt::format("{}encoder.layer.{}.", prefix, layer);
  const std::int64_t hidden = config.hiddenSize;
  const std::int64_t inner = config.intermediateSize;
  return {{module + "attention.self.query", hidden, hidden, true},
          {module + "attention.self.key", hidden, hidden, true},
          {module + "attention.self.value", hidden, hidden, true},
          {module + "attention.output.dense", hidden, hidden, true},
          {module + "intermediate.dense", inner, hidden, true},
          {module + "output.dense", hidden, inner, true}};
}

std::vector<TensorSpec> encoderTensors(const EncoderConfig& config, const std::string& prefix) {
  const std::vector<std::int64_t> vector = {config.hiddenSize};
  const std::string embeddings = prefix + "embeddings.";
  std::vector<TensorSpec> tensors = {
      {embeddings + "word_embeddings.weight", {config.vocabularySize, config.hiddenSize}},
      {embeddings + "position_embeddings.weight", {config.maxPositions, config.hiddenSize}},
      {embeddings + "token_type_embeddings.weight", {config.segmentCount, config.hiddenSize}},
      {embeddings + "LayerNorm.weight", vector},
      {embeddings + "LayerNorm.bias", vector}};
  for (std::int64_t layer = 0; layer < config.layerCount; ++layer) {
    for (const LinearSpec& linear : encoderLinearLayers(config, prefix, layer)) {
      appendTensors(tensors, linear);
    }
    for (const char* sublayer : {"attention.output", "output"}) {
      const std::string norm =
          fmt::format("{}encoder.layer.{}.{}.LayerNorm", prefix, layer, sublayer);
      tensors.push_back({norm + ".weight", vector});
      tensors.push_back({norm + ".bias", vector});
    }
  }
  return tensors;
}

}  // namespace canvass
