#include "model_files/decoder_config.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "model_files/decoder_json.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::parseDecoder;
using test::windowsOf;
using test::with;
using ::testing::HasSubstr;

// What every family writes.
Json common(const char* architecture) {
  return {{"architectures", {architecture}},
          {"model_type", "any"},
          {"vocab_size", 128},
          {"hidden_size", 32},
          {"intermediate_size", 48},
          {"num_hidden_layers", 2},
          {"num_attention_heads", 4},
          {"num_key_value_heads", 2},
          {"max_position_embeddings", 256},
          {"rms_norm_eps", 1e-6},
          {"rope_theta", 10000.0},
          {"tie_word_embeddings", false},
          {"hidden_act", "silu"},
          {"torch_dtype", "bfloat16"}};
}

const Json llama = common("LlamaForCausalLM");
const Json mistral = common("MistralForCausalLM");
const Json qwen2 =
    with(common("Qwen2ForCausalLM"),
         {{"use_sliding_window", false}, {"sliding_window", 64}, {"max_window_layers", 1}});
const Json qwen3 =
    with(common("Qwen3ForCausalLM"),
         {{"use_sliding_window", false}, {"attention_bias", false}, {"head_dim", 16}});

TEST(DecoderConfig, Llama) {
  const DecoderConfig config = parseDecoder(llama);
  EXPECT_EQ(config.layers[1].headSize, 8);
  EXPECT_EQ(config.layers[1].keyValueHeadCount, 2);
  EXPECT_FALSE(config.tiedEmbeddings);
  EXPECT_FALSE(config.layers[1].queryKeyValueBias);
  EXPECT_EQ(windowsOf(config), (std::vector<std::int64_t>{0, 0}));
}

TEST(DecoderConfig, WhereAModelWasLoadedFromDoesNotMatter) {
  const Json loaded = with(llama, {{"_name_or_path", "model"},
                                   {"_model_name_or_path", "folder"},
                                   {"_commit_hash", nullptr},
                                   {"_attn_implementation", "sdpa"}});
  EXPECT_EQ(parseDecoder(loaded).layers.size(), 2U);
}

// Files written before these keys existed mean one thing by their absence.
TEST(DecoderConfig, OldLlamaWithoutLaterKeys) {
  Json old = llama;
  old.erase("rope_theta");
  old.erase("num_key_value_heads");
  const DecoderConfig config = parseDecoder(old);
  EXPECT_EQ(config.layers[0].rotary.theta, 10000.0);
  EXPECT_EQ(config.layers[1].keyValueHeadCount, 4);
}

TEST(DecoderConfig, RopeScalingInItsSpellings) {
  const RopeScaling linear{.kind = RopeScalingKind::linear, .factor = 4.0};
  const Json scaled = {{"rope_scaling", {{"type", "linear"}, {"factor", 4.0}}}};
  EXPECT_EQ(parseDecoder(with(llama, scaled)).layers[0].rotary.scaling, linear);
  Json renewed = with(
      llama,
      {{"rope_parameters", {{"rope_type", "linear"}, {"factor", 4.0}, {"rope_theta", 500000.0}}}});
  renewed.erase("rope_theta");
  EXPECT_EQ(parseDecoder(renewed).layers[0].rotary.scaling, linear);
  EXPECT_EQ(parseDecoder(renewed).layers[0].rotary.theta, 500000.0);
}

TEST(DecoderConfig, Windows) {
  EXPECT_EQ(windowsOf(parseDecoder(with(mistral, {{"sliding_window", 64}}))),
            (std::vector<std::int64_t>{64, 64}));
  EXPECT_EQ(windowsOf(parseDecoder(with(mistral, {{"sliding_window", nullptr}}))),
            (std::vector<std::int64_t>{0, 0}));
  EXPECT_EQ(windowsOf(parseDecoder(qwen2)), (std::vector<std::int64_t>{0, 0}));
  EXPECT_EQ(windowsOf(parseDecoder(with(qwen2, {{"use_sliding_window", true}}))),
            (std::vector<std::int64_t>{0, 64}));
}

TEST(DecoderConfig, WhatQwenHasBesides) {
  EXPECT_TRUE(parseDecoder(qwen2).layers[1].queryKeyValueBias);
  EXPECT_FALSE(parseDecoder(qwen2).layers[1].attentionOutputBias);
  EXPECT_EQ(parseDecoder(qwen3).layers[1].queryKeyNorm, QueryKeyNorm::eachHead);
  EXPECT_EQ(parseDecoder(qwen3).layers[1].headSize, 16);
}

// What transformers computes without any key that says so.
TEST(DecoderConfig, WhatAllFamiliesShareIsInTheLayers) {
  for (const Json& json : {llama, with(mistral, {{"sliding_window", 64}}), qwen2, qwen3}) {
    const DecoderConfig config = parseDecoder(json);
    ASSERT_EQ(config.layers.size(), 2U);
    for (const LayerConfig& layer : config.layers) {
      EXPECT_EQ(layer.norm, (NormConfig{NormKind::rms, 1e-6}));
      EXPECT_EQ(layer.activation, Activation::silu);
      EXPECT_EQ(layer.rotary, (RotaryConfig{layer.headSize, 10000.0, {}}));
      EXPECT_NEAR(layer.attentionScale, 1.0 / std::sqrt(static_cast<double>(layer.headSize)), 1e-7);
    }
  }
}

TEST(DecoderConfig, WrittenConfigReadsBack) {
  const DecoderConfig config = parseDecoder(llama);
  EXPECT_EQ(parseDecoder(parseJson(writeDecoderConfig(config), "config.json")), config);
  EXPECT_THAT(test::errorOf([] { writeDecoderConfig(parseDecoder(qwen3)); }),
              HasSubstr("only Llama"));
}

struct BadConfig {
  const char* name;
  Json config;
  const char* message;

  friend void PrintTo(const BadConfig& one, std::ostream* out) { *out << one.name; }
};

class BadDecoderConfig : public ::testing::TestWithParam<BadConfig> {};

TEST_P(BadDecoderConfig, IsNamed) {
  const std::string message = test::errorOf([] { parseDecoder(GetParam().config); });
  EXPECT_THAT(message, HasSubstr("config.json"));
  EXPECT_THAT(message, HasSubstr(GetParam().message));
}

Json without(Json config, const char* key) {
  config.erase(key);
  return config;
}

INSTANTIATE_TEST_SUITE_P(
    Configs, BadDecoderConfig,
    ::testing::Values(
        BadConfig{"unknown_architecture", common("GPT2LMHeadModel"),
                  "\"GPT2LMHeadModel\" is not known (known: LlamaForCausalLM"},
        BadConfig{"no_architecture", without(llama, "architectures"),
                  "\"architectures\" must name"},
        BadConfig{"missing_size", without(llama, "hidden_size"), "\"hidden_size\" is missing"},
        BadConfig{"missing_epsilon", without(llama, "rms_norm_eps"), "\"rms_norm_eps\" is missing"},
        BadConfig{"missing_tie", without(qwen2, "tie_word_embeddings"), "\"tie_word_embeddings\""},
        BadConfig{"missing_activation", without(llama, "hidden_act"), "\"hidden_act\" is missing"},
        BadConfig{"missing_theta", without(mistral, "rope_theta"), "\"rope_theta\" is missing"},
        BadConfig{"missing_head_dim", without(qwen3, "head_dim"), "\"head_dim\" is missing"},
        BadConfig{"missing_use_window", without(qwen2, "use_sliding_window"),
                  "\"use_sliding_window\" is missing"},
        BadConfig{"wrong_kind", with(llama, {{"hidden_size", "big"}}),
                  "\"hidden_size\" must be a whole number"},
        BadConfig{"zero_size", with(llama, {{"vocab_size", 0}}), "\"vocab_size\" must be above 0"},
        BadConfig{"endless_layers", with(llama, {{"num_hidden_layers", 594622897191072}}),
                  "\"num_hidden_layers\" must be above 0 and at most 10000"},
        BadConfig{"activation", with(llama, {{"hidden_act", "gelu"}}),
                  "\"gelu\" is not implemented"},
        BadConfig{"proportional",
                  with(llama, {{"rope_scaling", {{"rope_type", "proportional"}, {"factor", 2.0}}}}),
                  "rope scaling \"proportional\" is not implemented"},
        BadConfig{"llama3_incomplete",
                  with(llama, {{"rope_scaling", {{"rope_type", "llama3"}, {"factor", 8.0}}}}),
                  "\"low_freq_factor\" is missing"},
        BadConfig{"rope_extra",
                  with(llama, {{"rope_scaling",
                                {{"type", "linear"}, {"factor", 2.0}, {"beta_fast", 32}}}}),
                  "beta_fast"},
        BadConfig{"quantized", with(llama, {{"quantization_config", {{"bits", 4}}}}),
                  "\"quantization_config\" is not implemented"},
        BadConfig{"attention_dropout", with(llama, {{"attention_dropout", 0.1}}),
                  "\"attention_dropout\""},
        BadConfig{"unknown_key", with(llama, {{"logit_softcap", 30.0}}),
                  "the keys logit_softcap are not understood"},
        BadConfig{"heads", with(llama, {{"num_key_value_heads", 3}}), "is not a multiple"},
        BadConfig{"head_size", with(llama, {{"num_attention_heads", 5}}), "is not a multiple"},
        BadConfig{"odd_head", with(llama, {{"head_dim", 7}}), "even head size"},
        BadConfig{"llama_window", with(llama, {{"sliding_window", 8}}), "\"sliding_window\""},
        BadConfig{"layer_types", with(qwen2, {{"layer_types", {"full_attention"}}}),
                  "must name every layer"},
        BadConfig{"layer_kind",
                  with(qwen2, {{"layer_types", {"full_attention", "linear_attention"}}}),
                  "\"linear_attention\" is not implemented"}),
    [](const auto& config) { return std::string(config.param.name); });

TEST(DecoderConfig, FileThatIsNotThere) {
  const test::TemporaryFolder folder;
  EXPECT_THAT(test::errorOf([&] { readDecoderConfig(*openModel(folder.path())); }),
              HasSubstr("config.json"));
}

}  // namespace
}  // namespace canvass
