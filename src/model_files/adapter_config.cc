#include "model_files/adapter_config.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "model_files/config_reader.h"

namespace canvass {
namespace {

// Settings that change what an adapter computes and must be at their neutral value: absent, null,
// false, 0 or empty.
constexpr const char* neutralKeys[] = {"use_dora",
                                       "fan_in_fan_out",
                                       "modules_to_save",
                                       "rank_pattern",
                                       "alpha_pattern",
                                       "layers_to_transform",
                                       "layers_pattern",
                                       "layer_replication",
                                       "lora_bias",
                                       "use_qalora",
                                       "trainable_token_indices",
                                       "target_parameters",
                                       "exclude_modules",
                                       "megatron_config",
                                       "alora_invocation_tokens",
                                       "arrow_config",
                                       "corda_config",
                                       "eva_config",
                                       "loftq_config",
                                       "ensure_weight_tying",
                                       "kasa_config",
                                       "use_bdlora",
                                       "lora_ga_config",
                                       "monteclora_config",
                                       "velora_config"};

// Settings that say nothing about the product of A and B.
constexpr const char* keysOfTraining[] = {"peft_type",         "task_type",      "auto_mapping",
                                          "inference_mode",    "peft_version",   "megatron_core",
                                          "qalora_group_size", "runtime_config", "bias"};

bool isNeutral(const Json& value) {
  return value.is_null() || value == false || value == 0 ||
         ((value.is_array() || value.is_object()) && value.empty());
}

// Ways of starting an adapter that leave the base as it is. The others (pissa, olora, loftq, corda
// ...) subtract their start from the weights of the base, which PEFT does again when it loads them.
void requirePlainStart(ConfigReader& config, const Json& json) {
  constexpr const char* key = "init_lora_weights";
  config.ignore(key);
  const auto found = json.find(key);
  if (found == json.end() || found->is_null() || found->is_boolean()) return;
  for (const char* plain : {"gaussian", "eva", "orthogonal"}) {
    if (*found == plain) return;
  }
  config.fail(std::string("\"") + key + "\": " + found->dump() +
              " changes the base model's weights, which is not implemented");
}

void requireNeutral(ConfigReader& config, const Json& json, const char* key) {
  config.ignore(key);
  const auto found = json.find(key);
  if (found != json.end() && !isNeutral(*found)) {
    config.fail(std::string("\"") + key + "\" is not implemented for adapters");
  }
}

}  // namespace

double AdapterConfig::scale() const {
  const auto size = static_cast<double>(rank);
  return alpha / (rankStabilized ? std::sqrt(size) : size);
}

AdapterConfig parseAdapterConfig(const std::string& text, const std::string& where) {
  const Json json = parseJson(text, where);
  ConfigReader config(json, where);
  config.requireValue("peft_type", "LORA");
  config.requireValueIfPresent("task_type", "CAUSAL_LM");
  config.requireValueIfPresent("bias", "none");
  requirePlainStart(config, json);
  for (const char* key : neutralKeys) requireNeutral(config, json, key);
  for (const char* key : keysOfTraining) config.ignore(key);
  AdapterConfig out;
  out.rank = config.positiveInteger("r", kMaxAdapterRank);
  out.alpha = config.positiveNumber("lora_alpha", kMaxAdapterAlpha);
  out.dropout = config.has("lora_dropout") ? config.number("lora_dropout") : 0.0;
  config.ignore("lora_dropout");
  if (out.dropout < 0.0 || out.dropout >= 1.0) {
    config.fail("\"lora_dropout\" must be at least 0 and below 1");
  }
  if (config.has("base_model_name_or_path")) out.baseModel = config.text("base_model_name_or_path");
  if (config.has("revision")) out.baseRevision = config.text("revision");
  if (config.has("use_rslora")) out.rankStabilized = config.boolean("use_rslora");
  if (json.contains("target_modules") && json["target_modules"].is_string()) {
    config.fail("\"target_modules\" as a regular expression is not implemented; list the layers");
  }
  out.targets = config.texts("target_modules");
  if (out.targets.empty()) config.fail("\"target_modules\" is missing or empty");
  std::sort(out.targets.begin(), out.targets.end());
  config.requireAllRead();
  return out;
}

AdapterConfig readAdapterConfig(const ModelFiles& adapter) {
  constexpr const char* name = "adapter_config.json";
  return parseAdapterConfig(adapter.read(name), adapter.describe(name));
}

std::string writeAdapterConfig(const AdapterConfig& config) {
  const Json json = {{"peft_type", "LORA"},
                     {"task_type", "CAUSAL_LM"},
                     {"base_model_name_or_path", config.baseModel},
                     {"revision", config.baseRevision.empty() ? Json() : Json(config.baseRevision)},
                     {"r", config.rank},
                     {"lora_alpha", config.alpha},
                     {"lora_dropout", config.dropout},
                     {"use_rslora", config.rankStabilized},
                     {"target_modules", config.targets},
                     {"bias", "none"},
                     {"fan_in_fan_out", false},
                     {"modules_to_save", nullptr},
                     {"inference_mode", true}};
  return json.dump(2) + "\n";
}

}  // namespace canvass
