#include <nlohmann/json.hpp>

#include "base/json.h"
#include "model_files/encoder_layout.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using testing::HasSubstr;

const Json bert = {{"architectures", {"BertModel"}},
                   {"model_type", "bert"},
                   {"vocab_size", 30522},
                   {"hidden_size", 384},
                   {"intermediate_size", 1536},
                   {"num_hidden_layers", 6},
                   {"num_attention_heads", 12},
                   {"max_position_embeddings", 512},
                   {"type_vocab_size", 2},
                   {"layer_norm_eps", 1e-12},
                   {"hidden_act", "gelu"},
                   {"hidden_dropout_prob", 0.1},
                   {"pad_token_id", 0}};

EncoderConfig parseEncoder(const Json& config) { return parseEncoderConfig(config, "config.json"); }

TEST(EncoderConfig, ReadsTheSizes) {
  const EncoderConfig config = parseEncoder(bert);
  EXPECT_EQ(config.hiddenSize, 384);
  EXPECT_EQ(config.layerCount, 6);
  EXPECT_EQ(config.headCount, 12);
  EXPECT_EQ(config.segmentCount, 2);
  // Two norms and six linear layers with biases each, and the embeddings with their norm.
  EXPECT_EQ(encoderTensors(config).size(), 5 + 6 * (6 * 2 + 2 * 2));
}

const Json roberta = {
    {"model_type", "roberta"},        {"vocab_size", 50265},     {"hidden_size", 768},
    {"intermediate_size", 3072},      {"num_hidden_layers", 12}, {"num_attention_heads", 12},
    {"max_position_embeddings", 514}, {"type_vocab_size", 1},    {"layer_norm_eps", 1e-5},
    {"hidden_act", "gelu"},           {"pad_token_id", 1}};

TEST(EncoderConfig, RobertaCountsPositionsFromBehindThePaddingToken) {
  const EncoderConfig config = parseEncoder(roberta);
  EXPECT_EQ(config.architecture, "RobertaModel");
  EXPECT_EQ(config.firstPosition, 2);
  EXPECT_EQ(config.maxPositions, 512);
  EXPECT_EQ(headedPrefix(config), "roberta.");
  Json shifted = roberta;
  shifted["pad_token_id"] = 600;
  EXPECT_THAT(test::errorOf([&] { parseEncoder(shifted); }), HasSubstr("\"pad_token_id\""));
}

// The file of microsoft/deberta-v3-base, which names no architecture.
const Json deberta = {{"model_type", "deberta-v2"},   {"attention_probs_dropout_prob", 0.1},
                      {"hidden_act", "gelu"},         {"hidden_dropout_prob", 0.1},
                      {"hidden_size", 768},           {"initializer_range", 0.02},
                      {"intermediate_size", 3072},    {"max_position_embeddings", 512},
                      {"relative_attention", true},   {"position_buckets", 256},
                      {"norm_rel_ebd", "layer_norm"}, {"share_att_key", true},
                      {"pos_att_type", "p2c|c2p"},    {"layer_norm_eps", 1e-7},
                      {"max_relative_positions", -1}, {"position_biased_input", false},
                      {"num_attention_heads", 12},    {"num_hidden_layers", 12},
                      {"type_vocab_size", 0},         {"vocab_size", 128100}};

TEST(EncoderConfig, DebertaAttendsToDistances) {
  const EncoderConfig config = parseEncoder(deberta);
  ASSERT_TRUE(config.relative);
  EXPECT_EQ(*config.relative, (RelativePositions{256, 512, true, true}));
  EXPECT_EQ(config.positionCount, 0);
  EXPECT_EQ(config.maxPositions, 512);
  EXPECT_EQ(encoderTensors(config).size(), 3u + 3u + 12u * (6 * 2 + 2 * 2));
  const std::vector<std::tuple<const char*, Json, const char*>> cases = {
      {"conv_kernel_size", 3, "\"conv_kernel_size\""},
      {"share_att_key", false, "\"share_att_key\""},
      {"position_biased_input", true, "\"position_biased_input\""},
      {"norm_rel_ebd", "none", "\"norm_rel_ebd\""},
      {"pos_att_type", "p2c|p2p", "\"p2p\""},
      {"embedding_size", 128, "\"embedding_size\""},
      {"position_buckets", 1, "\"position_buckets\" is 1"},
      {"max_relative_positions", 100, "distances up to 100"},
  };
  for (const auto& [key, value, message] : cases) {
    Json other = deberta;
    other[key] = value;
    EXPECT_THAT(test::errorOf([&] { parseEncoder(other); }), HasSubstr(message)) << key;
  }
}

TEST(EncoderConfig, WhatIsNotImplementedIsNamed) {
  const std::vector<std::tuple<const char*, Json, const char*>> cases = {
      {"architectures", {"BertForQuestionAnswering"}, "\"BertForQuestionAnswering\""},
      {"model_type", "xlnet", "\"xlnet\""},
      {"hidden_act", "relu", "\"hidden_act\""},
      {"position_embedding_type", "relative_key", "\"position_embedding_type\""},
      {"is_decoder", true, "\"is_decoder\""},
      {"num_attention_heads", 7, "not a multiple of \"num_attention_heads\""},
      {"num_hidden_layers", 100000, "must be above 0 and at most 1000"},
      {"vocab_size", nullptr, "\"vocab_size\""},
      {"quantization_config", Json::object({{"bits", 8}}), "\"quantization_config\""},
      {"something_new", 3, "something_new"},
  };
  for (const auto& [key, value, message] : cases) {
    Json config = bert;
    config[key] = value;
    EXPECT_THAT(test::errorOf([&] { parseEncoder(config); }), HasSubstr(message)) << config;
  }
}

TEST(EncoderConfig, TellsEncodersFromDecoders) {
  EXPECT_FALSE(isEncoder(*modelInMemory({})));
  EXPECT_TRUE(isEncoder(*modelInMemory({{"config.json", bert.dump()}})));
  EXPECT_FALSE(isEncoder(*modelInMemory({{"config.json", R"({"model_type": "llama"})"}})));
}

}  // namespace
}  // namespace canvass
