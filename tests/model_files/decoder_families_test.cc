// Every family's config.json, key by key: what it needs, what it takes and what it refuses.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "model_files/decoder_config.h"
#include "model_files/decoder_json.h"
#include "model_files/decoder_layout.h"
#include "model_files/weight_files.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::parseDecoder;
using test::with;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

std::filesystem::path goldenModels() { return test::sourceFolder() / "tests/golden/models"; }

Json goldenConfig(const std::string& name) {
  return parseJson(readFile(goldenModels() / name / "config.json"), name);
}

std::vector<std::string> goldenNames() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(goldenModels())) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string errorWith(const Json& config, const Json& changes) {
  return test::errorOf([&] { parseDecoder(with(config, changes)); });
}

std::string identifier(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// Every config that transformers wrote for the golden checkpoints.
class GoldenConfig : public ::testing::TestWithParam<std::string> {
 protected:
  const Json config = goldenConfig(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Models, GoldenConfig, ::testing::ValuesIn(goldenNames()),
                         [](const auto& model) { return identifier(model.param); });

TEST_P(GoldenConfig, DescribesTheTensorsOfItsWeights) {
  const DecoderConfig parsed = parseDecoder(config);
  const WeightFiles files(*openModel(goldenModels() / GetParam()));
  const auto specs = decoderTensors(parsed);
  EXPECT_EQ(specs.size(), files.tensors().size());
  for (const TensorSpec& spec : specs) {
    ASSERT_TRUE(files.tensors().contains(spec.name)) << spec.name;
    EXPECT_EQ(files.tensors().at(spec.name).shape, spec.shape) << spec.name;
  }
}

TEST_P(GoldenConfig, RefusesWhatItDoesNotKnow) {
  const bool isPhi = config["model_type"] == "phi3";
  const bool isLaterGemma = config.contains("query_pre_attn_scalar");
  const char* const activationKey = isLaterGemma ? "hidden_activation" : "hidden_act";
  std::vector<std::pair<Json, const char*>> cases = {
      {{{"num_local_experts", 8}}, "num_local_experts"},
      {{{"quantization_config", {{"quant_method", "gptq"}}}},
       "\"quantization_config\" is not implemented"},
      {{{"use_mrope", true}}, "\"use_mrope\": true is not implemented, only false"},
      {{{"rope_interleaved", true}}, "\"rope_interleaved\": true is not implemented"},
      {{{activationKey, "gelu"}}, ": \"gelu\" is not implemented"},
      {{{activationKey, "relu"}}, "\"relu\" is not implemented, only"},
      {{{"attention_dropout", 0.5}}, "\"attention_dropout\": 0.5 is not implemented"},
      {{{"architectures", {"LlamaForSequenceClassification"}}},
       "\"LlamaForSequenceClassification\" is not known"},
      {{{"architectures", {"LlamaForCausalLM", "Qwen2ForCausalLM"}}}, "must name one"},
      {{{"num_attention_heads", 5}, {"num_key_value_heads", 2}, {"head_dim", 8}},
       "is not a multiple of"},
      {{{"hidden_size", -32}}, "\"hidden_size\" must be above 0"},
      {{{"vocab_size", 1.5}}, "\"vocab_size\" must be a whole number"},
      {{{"rms_norm_eps", 0.0}}, "\"rms_norm_eps\" must be above 0"},
      {{{"tie_word_embeddings", "yes"}}, "\"tie_word_embeddings\" must be"},
  };
  if (!isLaterGemma)
    cases.push_back({{{"attn_logit_softcapping", 50.0}}, "attn_logit_softcapping"});
  if (!isPhi) cases.push_back({{{"partial_rotary_factor", 0.5}}, "partial_rotary_factor"});
  for (const auto& [changes, message] : cases) {
    const std::string error = errorWith(config, changes);
    EXPECT_THAT(error, HasSubstr(message)) << changes;
    EXPECT_THAT(error, HasSubstr("config.json")) << changes;
  }
}

TEST_P(GoldenConfig, NeutralValuesAreAccepted) {
  const DecoderConfig parsed = parseDecoder(config);
  for (const Json& changes : std::vector<Json>{{{"use_mrope", false}},
                                               {{"quantization_config", nullptr}},
                                               {{"num_local_experts", nullptr}},
                                               {{"attention_dropout", 0.0}},
                                               {{"rope_interleaved", false}},
                                               {{"max_length", 20}}}) {
    EXPECT_EQ(parseDecoder(with(config, changes)), parsed) << changes;
  }
}

// Both spellings of rope scaling, in place of whatever the config has.
TEST_P(GoldenConfig, RefusesOtherRopeScalingByName) {
  for (const char* kind : {"mrope", "proportional"}) {
    for (const char* key : {"type", "rope_type"}) {
      Json changed = config;
      const char* spelling =
          config.contains("rope_parameters") ? "rope_parameters" : "rope_scaling";
      const Json other = {{key, kind}, {"factor", 2.0}, {"rope_theta", 10000.0}};
      // Gemma 3 has positions for each type of its layers.
      if (config.contains(spelling) && config.at(spelling).contains("full_attention")) {
        changed[spelling]["full_attention"] = other;
      } else {
        changed[spelling] = other;
      }
      EXPECT_THAT(test::errorOf([&] { parseDecoder(changed); }),
                  HasSubstr("rope scaling \"" + std::string(kind) + "\" is not implemented"));
    }
  }
}

struct Family {
  const char* golden;
  std::vector<const char*> required;      // besides those of all families
  std::vector<const char*> assumed = {};  // of all families, but not of this one

  friend void PrintTo(const Family& one, std::ostream* out) { *out << one.golden; }
};

class RequiredKeys : public ::testing::TestWithParam<Family> {};

TEST_P(RequiredKeys, AreNamedWhereMissing) {
  std::vector<const char*> keys = {
      "vocab_size",        "hidden_size",         "intermediate_size",
      "num_hidden_layers", "num_attention_heads", "max_position_embeddings",
      "rms_norm_eps",      "tie_word_embeddings", "hidden_act"};
  keys.insert(keys.end(), GetParam().required.begin(), GetParam().required.end());
  for (const char* key : GetParam().assumed) {
    std::erase_if(keys, [&](std::string_view required) { return required == key; });
  }
  const Json config = goldenConfig(GetParam().golden);
  for (const char* key : keys) {
    const std::string quoted = "\"" + std::string(key) + "\"";
    Json without = config;
    without.erase(key);
    EXPECT_THAT(test::errorOf([&] { parseDecoder(without); }), HasSubstr(quoted + " is missing"));
    EXPECT_THAT(errorWith(config, {{key, nullptr}}), HasSubstr(quoted));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Families, RequiredKeys,
    ::testing::Values(
        Family{"llama2", {}}, Family{"mistral-window", {"num_key_value_heads", "rope_theta"}},
        Family{"qwen2", {"num_key_value_heads", "rope_theta", "use_sliding_window"}},
        Family{"qwen3",
               {"num_key_value_heads", "head_dim", "attention_bias", "use_sliding_window"}},
        Family{"gemma", {"rope_theta"}, {"tie_word_embeddings"}},
        Family{"gemma2",
               {"query_pre_attn_scalar", "sliding_window", "hidden_activation"},
               {"tie_word_embeddings", "hidden_act"}},
        Family{"gemma3",
               {"query_pre_attn_scalar", "sliding_window", "rope_theta", "rope_local_base_freq"},
               {"tie_word_embeddings", "hidden_act"}},
        Family{"phi3", {"num_key_value_heads", "rope_theta"}, {"tie_word_embeddings"}},
        Family{"olmo2", {"rope_theta", "attention_bias"}, {"tie_word_embeddings"}},
        Family{"smollm3",
               {"num_key_value_heads", "mlp_bias", "use_sliding_window"},
               {"tie_word_embeddings"}}),
    [](const auto& family) { return identifier(family.param.golden); });

TEST(RopeSpellings, OneOfTheTwoIsEnough) {
  const Json llama = goldenConfig("llama2");
  const Json parameters = {{"rope_type", "default"}, {"rope_theta", 5000.0}};
  EXPECT_EQ(parseDecoder(with(llama, {{"rope_parameters", parameters}})).layers[0].rotary.theta,
            5000.0);
  EXPECT_THAT(errorWith(llama, {{"rope_parameters", {{"rope_type", "default"}}}}),
              HasSubstr("\"rope_theta\" is missing"));
  EXPECT_THAT(errorWith(llama, {{"rope_parameters", parameters},
                                {"rope_scaling", {{"type", "linear"}, {"factor", 2.0}}}}),
              HasSubstr("\"rope_parameters\" and \"rope_scaling\" are both present"));
}

// What each family has that the others have not, as its config.json says it.
TEST(Families, DifferInTheirLayers) {
  const auto layersOf = [](const char* golden) {
    return parseDecoder(goldenConfig(golden)).layers;
  };
  for (const char* gemma : {"gemma", "gemma2", "gemma3", "gemma3-new-style"}) {
    const DecoderConfig config = parseDecoder(goldenConfig(gemma));
    EXPECT_NEAR(config.embeddingScale, std::sqrt(32.0), 1e-6) << gemma;
    EXPECT_TRUE(config.norm.aroundZero && config.layers[0].norm.aroundZero) << gemma;
    EXPECT_EQ(config.layers[0].activation, Activation::gelu) << gemma;
    EXPECT_TRUE(config.tiedEmbeddings) << gemma;
    if (gemma == std::string("gemma")) continue;
    EXPECT_EQ(config.layers[0].normPlacement, NormPlacement::beforeAndAfter) << gemma;
    EXPECT_DOUBLE_EQ(config.layers[0].attentionScale, 1.0 / std::sqrt(20.0)) << gemma;
  }
  EXPECT_EQ(parseDecoder(goldenConfig("gemma2")).logitCap, 5.0);
  EXPECT_EQ(layersOf("gemma2")[0].attentionCap, 2.0);
  EXPECT_EQ(test::windowsOf(parseDecoder(goldenConfig("gemma2"))),
            (std::vector<std::int64_t>{8, 0, 8}));
  const auto gemma3 = layersOf("gemma3");
  EXPECT_EQ(gemma3[0].rotary.theta, 100.0);
  EXPECT_EQ(gemma3[0].rotary.scaling, RopeScaling());
  EXPECT_EQ(gemma3[1].rotary.theta, 1000000.0);
  EXPECT_EQ(gemma3[1].rotary.scaling.factor, 8.0);
  EXPECT_EQ(gemma3[1].attentionWindow, 0);
  EXPECT_TRUE(layersOf("phi3")[0].fused);
  const auto phi4 = parseDecoder(goldenConfig("phi4-mini"));
  EXPECT_EQ(phi4.layers[0].rotary.size, 6);
  EXPECT_EQ(phi4.layers[0].rotary.scaling.divisors[2], 4.0);
  EXPECT_EQ(phi4.maxPositions, 128);  // up to which the short factors hold
  EXPECT_EQ(layersOf("olmo2")[0].normPlacement, NormPlacement::after);
  EXPECT_EQ(layersOf("olmo2")[0].queryKeyNorm, QueryKeyNorm::allHeads);
  EXPECT_EQ(layersOf("smollm3")[0].rotary.size, 8);
  EXPECT_EQ(layersOf("smollm3")[1].rotary.size, 0);
}

// Only texts longer than those that are read would be stretched.
TEST(RopeSpellings, DynamicScalingChangesNothing) {
  const Json llama = goldenConfig("llama2");
  const Json dynamic = {{"type", "dynamic"}, {"factor", 2.0}};
  EXPECT_EQ(parseDecoder(with(llama, {{"rope_scaling", dynamic}})), parseDecoder(llama));
  EXPECT_THAT(errorWith(llama, {{"rope_scaling", {{"type", "dynamic"}}}}),
              HasSubstr("\"factor\" is missing"));
}

// transformers leaves the key out if the embeddings are tied as the family's usually are.
TEST(Families, MayTieEmbeddingsUnlessTheFileSaysOtherwise) {
  for (const char* golden : {"gemma", "gemma2", "gemma3", "smollm3"}) {
    Json config = goldenConfig(golden);
    config.erase("tie_word_embeddings");
    EXPECT_TRUE(parseDecoder(config).tiedEmbeddings) << golden;
    EXPECT_FALSE(parseDecoder(with(config, {{"tie_word_embeddings", false}})).tiedEmbeddings);
  }
}

TEST(RopeSpellings, FaultsInsideAreNamed) {
  const Json llama3 = goldenConfig("llama3");
  const auto scalingWith = [&](const Json& changes) {
    return Json{{"rope_scaling", with(llama3["rope_scaling"], changes)}};
  };
  const std::vector<std::pair<Json, const char*>> cases = {
      {{{"factor", nullptr}}, "\"factor\""},
      {{{"factor", 0.0}}, "\"factor\" must be above 0"},
      {{{"original_max_position_embeddings", nullptr}}, "\"original_max_position_embeddings\""},
      {{{"high_freq_factor", 1.0}}, "\"high_freq_factor\" must be above \"low_freq_factor\""},
      {{{"attention_factor", 1.2}}, "attention_factor"},
      {{{"rope_type", nullptr}}, "\"type\" is missing"},
  };
  for (const auto& [changes, message] : cases) {
    const std::string error = errorWith(llama3, scalingWith(changes));
    EXPECT_THAT(error, HasSubstr(message)) << changes;
    EXPECT_THAT(error, HasSubstr("rope_scaling")) << changes;
  }
}

struct WindowCase {
  const char* name;
  const char* golden;
  Json changes;
  std::vector<std::int64_t> windows;
  const char* error;

  friend void PrintTo(const WindowCase& one, std::ostream* out) { *out << one.name; }
};

class SlidingWindows : public ::testing::TestWithParam<WindowCase> {};

TEST_P(SlidingWindows, AreReadOrRefused) {
  const Json config = goldenConfig(GetParam().golden);
  if (*GetParam().error == '\0') {
    EXPECT_EQ(test::windowsOf(parseDecoder(with(config, GetParam().changes))), GetParam().windows);
  } else {
    EXPECT_THAT(errorWith(config, GetParam().changes), HasSubstr(GetParam().error));
  }
}

const Json oneSliding = {"full_attention", "sliding_attention"};

INSTANTIATE_TEST_SUITE_P(
    Variants, SlidingWindows,
    ::testing::Values(
        WindowCase{"off", "qwen2", {{"use_sliding_window", false}}, {0, 0}, ""},
        WindowCase{"off_past_the_last", "qwen2", {{"max_window_layers", 28}}, {0, 0}, ""},
        WindowCase{"on", "qwen2", {{"use_sliding_window", true}}, {0, 8}, ""},
        WindowCase{"on_for_all",
                   "qwen2",
                   {{"use_sliding_window", true}, {"max_window_layers", 0}},
                   {8, 8},
                   ""},
        WindowCase{"on_for_none",
                   "qwen2",
                   {{"use_sliding_window", true}, {"max_window_layers", 2}},
                   {0, 0},
                   ""},
        WindowCase{
            "on_in_qwen3",
            "qwen3",
            {{"use_sliding_window", true}, {"sliding_window", 16}, {"layer_types", oneSliding}},
            {0, 16},
            ""},
        WindowCase{"on_without_size",
                   "qwen2",
                   {{"use_sliding_window", true}, {"sliding_window", nullptr}},
                   {},
                   "\"sliding_window\" is missing"},
        WindowCase{"on_without_first_layer",
                   "qwen2",
                   {{"use_sliding_window", true}, {"max_window_layers", nullptr}},
                   {},
                   "\"max_window_layers\""},
        WindowCase{"on_with_size_zero",
                   "qwen2",
                   {{"use_sliding_window", true}, {"sliding_window", 0}},
                   {},
                   "\"sliding_window\" must be above 0"},
        WindowCase{"no_answer",
                   "qwen2",
                   {{"use_sliding_window", "no"}},
                   {},
                   "\"use_sliding_window\" must be"},
        WindowCase{"off_with_a_sliding_layer",
                   "qwen3",
                   {{"layer_types", oneSliding}},
                   {},
                   "a sliding layer needs \"sliding_window\""},
        WindowCase{"layer_types_go_first",
                   "qwen2",
                   {{"use_sliding_window", true},
                    {"layer_types", {"sliding_attention", "full_attention"}}},
                   {8, 0},
                   ""},
        WindowCase{"mistral", "mistral-window", Json::object(), {8, 8}, ""},
        WindowCase{"mistral_without", "mistral-no-window", Json::object(), {0, 0}, ""},
        WindowCase{"mistral_negative",
                   "mistral-window",
                   {{"sliding_window", -1}},
                   {},
                   "\"sliding_window\" must be above 0"},
        WindowCase{"llama",
                   "llama2",
                   {{"sliding_window", 8}},
                   {},
                   "\"sliding_window\" is not implemented for this architecture"},
        WindowCase{"llama_has_no_switch",
                   "llama2",
                   {{"use_sliding_window", false}},
                   {},
                   "use_sliding_window"}),
    [](const auto& one) { return std::string(one.param.name); });

// What canvass cannot say in a Llama config is refused, not left out.
TEST(WrittenConfig, HoldsEverything) {
  for (const std::string& name : goldenNames()) {
    const DecoderConfig config = parseDecoder(goldenConfig(name));
    const bool sayable = name == "llama2" || name == "smollm" || name == "llama-biases";
    if (sayable) {
      EXPECT_EQ(parseDecoder(parseJson(writeDecoderConfig(config), name)), config) << name;
    } else {
      EXPECT_THAT(test::errorOf([&] { writeDecoderConfig(config); }), HasSubstr("only Llama"));
    }
  }
  DecoderConfig windowed = parseDecoder(goldenConfig("llama2"));
  windowed.layers[1].attentionWindow = 8;
  EXPECT_THAT(test::errorOf([&] { writeDecoderConfig(windowed); }), HasSubstr("only Llama"));
}

TEST(Architectures, AreAllNamedWhereOneIsUnknown) {
  EXPECT_THAT(knownArchitectures(),
              IsSupersetOf({"LlamaForCausalLM", "MistralForCausalLM", "Qwen2ForCausalLM",
                            "Qwen3ForCausalLM", "GemmaForCausalLM", "Gemma2ForCausalLM",
                            "Gemma3ForCausalLM", "Gemma3ForConditionalGeneration",
                            "Phi3ForCausalLM", "Olmo2ForCausalLM", "SmolLM3ForCausalLM"}));
  const std::string error =
      errorWith(goldenConfig("llama2"), {{"architectures", {"GPT2LMHeadModel"}}});
  for (const std::string& name : knownArchitectures()) EXPECT_THAT(error, HasSubstr(name));
}

}  // namespace
}  // namespace canvass
