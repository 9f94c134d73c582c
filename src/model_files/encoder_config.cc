#include "model_files/encoder_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "model_files/config_reader.h"

namespace canvass {
namespace {

constexpr std::int64_t maxEncoderLayers = 1'000;

struct Line {
  EncoderFamily family;
  const char* modelType;
  const char* prefix;
  // One network below different heads, which are ignored; the first is for a file that names none.
  std::array<const char*, 4> architectures;
};

constexpr std::array lines = {
    Line{EncoderFamily::bert,
         "bert",
         "bert.",
         {"BertModel", "BertForMaskedLM", "BertForPreTraining", "BertForSequenceClassification"}},
    Line{EncoderFamily::roberta,
         "roberta",
         "roberta.",
         {"RobertaModel", "RobertaForMaskedLM", "RobertaForCausalLM",
          "RobertaForSequenceClassification"}},
    Line{EncoderFamily::deberta,
         "deberta-v2",
         "deberta.",
         {"DebertaV2Model", "DebertaV2ForMaskedLM", "DebertaV2ForTokenClassification",
          "DebertaV2ForSequenceClassification"}}};

const Line* findLine(const std::string& modelType) {
  const auto found = std::ranges::find(
      lines, modelType, [](const Line& line) { return std::string(line.modelType); });
  return found == lines.end() ? nullptr : &*found;
}

const Line& lineOf(const EncoderConfig& config) {
  return *std::ranges::find(lines, config.family, &Line::family);
}

// Where files may be old or new: what Hugging Face transformers takes an absent key for.
void supplyDefaults(ConfigReader& config, EncoderFamily family) {
  if (family != EncoderFamily::deberta) config.supply("position_embedding_type", "absolute");
  config.supply("is_decoder", false);
  config.supply("add_cross_attention", false);
}

std::string readArchitecture(ConfigReader& config, const Line& line) {
  const auto named = config.texts("architectures");
  if (named.empty()) return line.architectures[0];
  const auto known = [&](const std::string& name) {
    return std::ranges::find(line.architectures, name) != line.architectures.end();
  };
  if (named.size() != 1 || !known(named[0])) {
    config.fail(fmt::format("the architecture \"{}\" is not a known encoder (known: {})",
                            fmt::join(named, ", "), fmt::join(line.architectures, ", ")));
  }
  return named[0];
}

const Line& readLine(ConfigReader& config) {
  const std::string type = config.text("model_type");
  const Line* const line = findLine(type);
  if (line == nullptr) {
    std::vector<std::string> known;
    for (const Line& one : lines) known.emplace_back(one.modelType);
    config.fail(fmt::format("the model type \"{}\" is not a known encoder (known: {})", type,
                            fmt::join(known, ", ")));
  }
  return *line;
}

// BERT's own table, or RoBERTa's, whose first rows are the padding token's and those before it.
void readPositionTable(ConfigReader& config, EncoderConfig& out) {
  config.requireValue("position_embedding_type", "absolute");
  out.positionCount = config.positiveInteger("max_position_embeddings");
  if (out.family == EncoderFamily::roberta) {
    out.firstPosition = config.integer("pad_token_id") + 1;
    if (out.firstPosition < 1 || out.firstPosition >= out.positionCount) {
      config.fail("\"pad_token_id\" leaves no positions for a text");
    }
  }
  out.maxPositions = out.positionCount - out.firstPosition;
  out.segmentCount = config.positiveInteger("type_vocab_size");
}

void readRelativePositions(ConfigReader& config, EncoderConfig& out) {
  config.requireValue("relative_attention", true);
  config.requireValue("position_biased_input", false);
  config.requireValue("type_vocab_size", 0);
  config.requireValue("norm_rel_ebd", "layer_norm");
  config.requireValue("share_att_key", true);
  config.requireValueIfPresent("conv_kernel_size", 0);
  config.requireValueIfPresent("embedding_size", out.hiddenSize);
  out.maxPositions = config.positiveInteger("max_position_embeddings");
  RelativePositions relative;
  relative.buckets = config.positiveInteger("position_buckets");
  relative.farthest = config.integer("max_relative_positions");
  if (relative.farthest < 1) relative.farthest = out.maxPositions;
  if (relative.buckets < 2 || relative.farthest - 1 <= relative.buckets / 2) {
    config.fail(fmt::format("\"position_buckets\" is {}, which cannot hold distances up to {}",
                            relative.buckets, relative.farthest));
  }
  const auto kinds = config.textsOrJoined("pos_att_type", '|');
  for (const std::string& kind : kinds) {
    if (kind == "c2p") {
      relative.toContent = true;
    } else if (kind == "p2c") {
      relative.fromContent = true;
    } else {
      config.fail(fmt::format("\"pos_att_type\" has the unknown kind \"{}\"", kind));
    }
  }
  out.relative = relative;
}

void checkConsistency(ConfigReader& config, const EncoderConfig& out) {
  if (out.hiddenSize % out.headCount != 0) {
    config.fail("\"hidden_size\" is not a multiple of \"num_attention_heads\"");
  }
}

}  // namespace

EncoderConfig parseEncoderConfig(const Json& json, const std::string& where) {
  ConfigReader config(json, where);
  EncoderConfig out;
  const Line& line = readLine(config);
  out.family = line.family;
  supplyDefaults(config, line.family);
  out.architecture = readArchitecture(config, line);
  out.vocabularySize = config.positiveInteger("vocab_size");
  out.hiddenSize = config.positiveInteger("hidden_size");
  out.intermediateSize = config.positiveInteger("intermediate_size");
  out.layerCount = config.positiveInteger("num_hidden_layers", maxEncoderLayers);
  out.headCount = config.positiveInteger("num_attention_heads");
  out.norm.epsilon = config.positiveNumber("layer_norm_eps");
  if (line.family == EncoderFamily::deberta) {
    readRelativePositions(config, out);
  } else {
    readPositionTable(config, out);
  }
  config.requireValue("hidden_act", "gelu");
  config.requireValue("is_decoder", false);
  config.requireValue("add_cross_attention", false);
  config.requireNothing("quantization_config");
  // Of heads and of training, which here have settings of their own.
  for (const char* key : {"attention_probs_dropout_prob", "hidden_dropout_prob",
                          "classifier_dropout", "gradient_checkpointing", "tie_word_embeddings",
                          "pooler_dropout", "pooler_hidden_act", "pooler_hidden_size", "legacy"}) {
    config.ignore(key);
  }
  ignoreHarmlessKeys(config);
  config.requireAllRead();
  checkConsistency(config, out);
  return out;
}

EncoderConfig readEncoderConfig(const ModelFiles& model) {
  return parseEncoderConfig(model.json("config.json"), model.describe("config.json"));
}

bool isEncoder(const ModelFiles& model) {
  if (!model.has("config.json")) return false;
  const Json& config = model.json("config.json");
  const auto type = config.is_object() ? config.find("model_type") : config.end();
  return type != config.end() && type->is_string() && findLine(*type) != nullptr;
}

std::string headedPrefix(const EncoderConfig& config) { return lineOf(config).prefix; }

}  // namespace canvass
