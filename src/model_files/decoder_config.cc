#include "model_files/decoder_config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model_files/config_reader.h"
#include "model_files/decoder_families.h"
#include "model_files/family_parts.h"

namespace canvass {
namespace {

const DecoderFamily& findFamily(ConfigReader& config) {
  const auto architectures = config.texts("architectures");
  if (architectures.size() != 1) config.fail("\"architectures\" must name one architecture");
  for (const DecoderFamily& family : decoderFamilies()) {
    if (architectures[0] == family.architecture) return family;
  }
  config.fail(fmt::format("the architecture \"{}\" is not known (known: {})", architectures[0],
                          fmt::join(knownArchitectures(), ", ")));
}

// Whether a Llama config of canvass's own can say everything about these layers.
bool arePlainLlama(const std::vector<LayerConfig>& layers) {
  const LayerConfig& first = layers.front();
  return first.queryKeyNorm == QueryKeyNorm::none && first.rotary.scaling == RopeScaling{} &&
         first.queryKeyValueBias == first.attentionOutputBias && first.attentionWindow == 0 &&
         first.attentionScale == usualAttentionScale(first.headSize) &&
         std::all_of(layers.begin(), layers.end(),
                     [&](const LayerConfig& layer) { return layer == first; });
}

}  // namespace

std::vector<std::string> knownArchitectures() {
  std::vector<std::string> names;
  for (const DecoderFamily& family : decoderFamilies()) names.emplace_back(family.architecture);
  return names;
}

DecoderConfig parseDecoderConfig(const Json& json, const std::string& where) {
  ConfigReader config(json, where);
  const DecoderFamily& family = findFamily(config);
  DecoderConfig out;
  out.architecture = family.architecture;
  family.read(config, out);
  requireAllUnderstood(config);
  for (const LayerConfig& layer : out.layers) {
    if (layer.rotary.size % 2 != 0) config.fail("rotary positions need an even head size");
  }
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
  return jsonText(json, 2) + "\n";
}

}  // namespace canvass
