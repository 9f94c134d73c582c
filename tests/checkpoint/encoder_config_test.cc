#include "checkpoint/encoder_config.h"

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using testing::HasSubstr;

const Json plain = {{"architectures", {"BertModel"}},
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

EncoderConfig parse(const Json& config) { return parseEncoderConfig(config.dump(), "config.json"); }

TEST(EncoderConfig, ReadsTheSizes) {
  const EncoderConfig config = parse(plain);
  EXPECT_EQ(config.hiddenSize, 384);
  EXPECT_EQ(config.layerCount, 6);
  EXPECT_EQ(config.headCount, 12);
  EXPECT_EQ(config.segmentCount, 2);
  // Two norms and six linear layers with biases each, and the embeddings with their norm.
  EXPECT_EQ(encoderTensors(config, "").size(), 5 + 6 * (6 * 2 + 2 * 2));
}

TEST(EncoderConfig, WhatIsNotImplementedIsNamed) {
  const std::vector<std::tuple<const char*, Json, const char*>> cases = {
      {"architectures", {"BertForQuestionAnswering"}, "\"BertForQuestionAnswering\""},
      {"hidden_act", "relu", "\"hidden_act\""},
      {"position_embedding_type", "relative_key", "\"position_embedding_type\""},
      {"is_decoder", true, "\"is_decoder\""},
      {"num_attention_heads", 7, "not a multiple of \"num_attention_heads\""},
      {"num_hidden_layers", 100000, "more than any model has"},
      {"vocab_size", nullptr, "\"vocab_size\""},
      {"quantization_config", Json::object({{"bits", 8}}), "\"quantization_config\""},
      {"something_new", 3, "something_new"},
  };
  for (const auto& [key, value, message] : cases) {
    Json config = plain;
    config[key] = value;
    EXPECT_THAT(test::errorOf([&] { parse(config); }), HasSubstr(message)) << config;
  }
}

TEST(EncoderConfig, TellsEncodersFromDecoders) {
  const test::TemporaryFolder folder;
  EXPECT_FALSE(isEncoder(folder.path()));
  folder.write("config.json", plain.dump());
  EXPECT_TRUE(isEncoder(folder.path()));
  folder.write("config.json", R"({"model_type": "llama"})");
  EXPECT_FALSE(isEncoder(folder.path()));
}

}  // namespace
}  // namespace canvass
