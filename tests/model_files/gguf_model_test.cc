// What the header of a GGUF file says as config.json and tokenizer_config.json would, and by what
// names its tensors go.
#include "model_files/gguf/gguf_model.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "model_files/decoder_config.h"
#include "model_files/end_tokens.h"
#include "model_files/weight_files.h"
#include "support/gguf_builder.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::GgufBuilder;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::shared_ptr<const ModelFiles> open(const std::string& bytes) {
  return openGguf(modelInMemory({{"m.gguf", bytes}}, "models"), "m.gguf");
}

// A model as small as can be, of the architecture of Llama.
GgufBuilder tinyGguf() {
  GgufBuilder builder;
  builder.text("general.architecture", "llama")
      .text("general.name", "Tiny")
      .integer("llama.block_count", 1)
      .integer("llama.context_length", 64)
      .integer("llama.embedding_length", 8)
      .integer("llama.feed_forward_length", 12)
      .integer("llama.attention.head_count", 2)
      .integer("llama.attention.head_count_kv", 1)
      .integer("llama.rope.dimension_count", 4)
      .number("llama.rope.freq_base", 50000.0F)
      .number("llama.attention.layer_norm_rms_epsilon", 1e-5F)
      .text("tokenizer.ggml.model", "gpt2")
      .text("tokenizer.ggml.pre", "gpt-2")
      .texts("tokenizer.ggml.tokens", {"a", "b", "<s>"})
      .integers("tokenizer.ggml.token_type", {1, 1, 3})
      .texts("tokenizer.ggml.merges", {})
      .integer("tokenizer.ggml.bos_token_id", 2)
      .integer("tokenizer.ggml.eos_token_id", 1)
      .text("tokenizer.chat_template", "{{ messages }}")
      .tensor("token_embd.weight", {3, 8}, std::vector<float>(24, 0.5F));
  return builder;
}

TEST(GgufModel, HasAConfiguration) {
  const auto model = open(tinyGguf().build());
  const DecoderConfig config = readDecoderConfig(*model);
  EXPECT_EQ(config.architecture, "LlamaForCausalLM");
  EXPECT_EQ(config.vocabularySize, 3);
  EXPECT_EQ(config.hiddenSize, 8);
  EXPECT_EQ(config.maxPositions, 64);
  EXPECT_TRUE(config.tiedEmbeddings);
  ASSERT_EQ(config.layers.size(), 1U);
  EXPECT_EQ(config.layers[0].headSize, 4);
  EXPECT_EQ(config.layers[0].keyValueHeadCount, 1);
  EXPECT_EQ(config.layers[0].rotary.theta, 50000.0);
  EXPECT_EQ(config.norm.epsilon, 1e-5);  // not the nearest single-precision number
  EXPECT_THAT(endTokensOf(*model), ElementsAre(1));
  EXPECT_EQ(model->json("tokenizer_config.json").at("bos_token"), "<s>");
  EXPECT_EQ(model->json("tokenizer_config.json").at("chat_template"), "{{ messages }}");
  EXPECT_THAT(model->ggufFiles(), ElementsAre("m.gguf"));
  EXPECT_EQ(model->sha256Of("config.json"), sha256(model->read("config.json")));
  EXPECT_THAT(test::errorOf([&] { model->read("other.json"); }),
              HasSubstr("m.gguf (other.json): there is no such file"));
}

// What every architecture has, for models of any number of layers.
GgufBuilder shapedGguf(const std::string& architecture, std::uint32_t layers) {
  const std::string prefix = architecture + ".";
  GgufBuilder builder;
  builder.text("general.architecture", architecture)
      .integer(prefix + "attention.head_count", 4)
      .integer(prefix + "attention.head_count_kv", 2)
      .integer(prefix + "attention.key_length", 6)
      .integer(prefix + "embedding_length", 32)
      .integer(prefix + "feed_forward_length", 8)
      .integer(prefix + "block_count", layers)
      .integer(prefix + "context_length", 64)
      .number(prefix + "attention.layer_norm_rms_epsilon", 1e-6F)
      .tensor("token_embd.weight", {3, 32}, std::vector<float>(96));
  return builder;
}

// The largest models of Gemma 2 and 3 scale the products of attention by the width that each of
// their heads would have of the model's, all others by that which it has.
TEST(GgufModel, GemmaScalesAttentionByItsSize) {
  struct Row {
    const char* architecture;
    std::uint32_t layers;
    double scale;
  };
  for (const Row& row :
       {Row{"gemma2", 26, 1 / std::sqrt(6.0)}, Row{"gemma2", 46, 1 / std::sqrt(8.0)},
        Row{"gemma3", 26, 1 / std::sqrt(6.0)}, Row{"gemma3", 46, 1 / std::sqrt(6.0)},
        Row{"gemma3", 62, 1 / std::sqrt(8.0)}}) {
    const std::string prefix = std::string(row.architecture) + ".";
    GgufBuilder builder = shapedGguf(row.architecture, row.layers);
    builder.integer(prefix + "attention.sliding_window", 8);
    if (row.architecture == std::string("gemma2")) {
      builder.number("gemma2.attn_logit_softcapping", 50.0F);
    }
    builder.number(prefix + "final_logit_softcapping", 30.0F);
    const DecoderConfig config = readDecoderConfig(*open(builder.build()));
    EXPECT_DOUBLE_EQ(config.layers[0].attentionScale, row.scale) << row.architecture << row.layers;
    EXPECT_EQ(config.logitCap, 30.0);
    EXPECT_EQ(config.layers[0].attentionWindow, 8);
    EXPECT_EQ(config.layers[5].attentionWindow, 0);
  }
}

TEST(GgufModel, EveryFourthLayerOfSmolLm3IsWithoutPositions) {
  const DecoderConfig config = readDecoderConfig(*open(shapedGguf("smollm3", 9).build()));
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_EQ(config.layers[i].rotary.size, i == 3 || i == 7 ? 0 : 6) << i;
  }
}

TEST(GgufModel, YarnStretchesPositions) {
  const auto model = open(tinyGguf()
                              .text("llama.rope.scaling.type", "yarn")
                              .number("llama.rope.scaling.factor", 4.0F)
                              .integer("llama.rope.scaling.original_context_length", 16)
                              .build());
  const RopeScaling scaling = readDecoderConfig(*model).layers[0].rotary.scaling;
  EXPECT_EQ(scaling.kind, RopeScalingKind::yarn);
  EXPECT_EQ(scaling.factor, 4.0);
  EXPECT_EQ(scaling.originalMaxPositions, 16.0);
}

struct BadModel {
  const char* name;
  GgufBuilder file;
  const char* message;

  friend void PrintTo(const BadModel& one, std::ostream* out) { *out << one.name; }
};

class BadGgufModel : public ::testing::TestWithParam<BadModel> {};

TEST_P(BadGgufModel, IsNamed) {
  const auto model = open(GetParam().file.build());
  EXPECT_THAT(test::errorOf([&] { readDecoderConfig(*model); }), HasSubstr(GetParam().message));
}

const BadModel badModels[] = {
    {"no_architecture", GgufBuilder().integer("llama.block_count", 1),
     "\"general.architecture\" is missing"},
    {"unknown_architecture", GgufBuilder().text("general.architecture", "mamba"),
     "the architecture \"mamba\" is not known (known: llama,"},
    {"unknown_key", tinyGguf().integer("llama.new_thing", 1), "the keys llama.new_thing are not"},
    {"experts", tinyGguf().integer("llama.expert_count", 8), "8 is not implemented, only 0"},
    {"scaling", tinyGguf().text("llama.rope.scaling.type", "longrope"),
     "rope scaling \"longrope\" is not implemented"},
    {"yarn_without_its_factor", tinyGguf().text("llama.rope.scaling.type", "yarn"),
     "\"llama.rope.scaling.factor\" is missing"},
    {"phi_without_a_window", shapedGguf("phi3", 1), "rope.scaling.original_context_length"},
    {"more_layers_than_any_model", shapedGguf("smollm3", 2'000'000'000),
     "\"num_hidden_layers\" must be above 0 and at most 10000"},
    {"different_values",
     tinyGguf().integer("llama.attention.key_length", 4).integer("llama.attention.value_length", 8),
     "8 is not implemented, only 4"},
    {"part_of_a_head", tinyGguf().integer("llama.attention.key_length", 8), "only 8"},
    {"missing",
     GgufBuilder()
         .text("general.architecture", "llama")
         .tensor("token_embd.weight", {3, 8}, std::vector<float>(24)),
     "\"llama.attention.head_count\" is missing"},
    {"gemma_without_its_head_size",
     GgufBuilder()
         .text("general.architecture", "gemma3")
         .integer("gemma3.attention.head_count", 2)
         .integer("gemma3.embedding_length", 8)
         .integer("gemma3.feed_forward_length", 8)
         .integer("gemma3.block_count", 1)
         .integer("gemma3.context_length", 8)
         .number("gemma3.attention.layer_norm_rms_epsilon", 1e-6F)
         .tensor("token_embd.weight", {3, 8}, std::vector<float>(24)),
     "\"gemma3.attention.key_length\" is missing"},
    {"without_embeddings", GgufBuilder().text("general.architecture", "llama"),
     "\"token_embd.weight\""},
};

INSTANTIATE_TEST_SUITE_P(Faults, BadGgufModel, ::testing::ValuesIn(badModels),
                         [](const auto& one) { return std::string(one.param.name); });

// Llama 3 is stretched by a table in the file.
TEST(GgufModel, FrequenciesMayBeDivided) {
  const auto model = open(tinyGguf().tensor("rope_freqs.weight", {2}, {1.0F, 8.0F}).build());
  const RopeScaling scaling = readDecoderConfig(*model).layers[0].rotary.scaling;
  EXPECT_EQ(scaling.kind, RopeScalingKind::divided);
  EXPECT_THAT(scaling.divisors, ElementsAre(1.0, 8.0));
  EXPECT_EQ(scaling.amplitude, 1.0);
  const auto short1 = open(tinyGguf().tensor("rope_freqs.weight", {1}, {1.0F}).build());
  EXPECT_THAT(test::errorOf([&] { readDecoderConfig(*short1); }),
              HasSubstr("\"divisors\" has 1 numbers for 2 rotary pairs"));
}

TEST(GgufModel, TensorsHaveTheirOtherNames) {
  const auto model = open(tinyGguf()
                              .tensor("output_norm.weight", {8}, std::vector<float>(8, 2.0F))
                              .tensor("blk.0.attn_q.weight", {8, 8}, std::vector<float>(64))
                              .tensor("blk.0.attn_k.weight", {4, 8}, std::vector<float>(32))
                              .tensor("blk.0.ffn_norm.weight", {8}, std::vector<float>(8))
                              .tensor("something.else", {1}, {1})
                              .build());
  const WeightFiles files(*model);
  const auto& tensors = files.tensors();
  EXPECT_EQ(tensors.at("model.layers.0.self_attn.q_proj.weight").interleavedHeads, 2);
  EXPECT_EQ(tensors.at("model.layers.0.self_attn.k_proj.weight").interleavedHeads, 1);
  EXPECT_TRUE(tensors.contains("model.embed_tokens.weight"));
  EXPECT_TRUE(tensors.contains("model.norm.weight"));
  EXPECT_TRUE(tensors.contains("model.layers.0.post_attention_layernorm.weight"));
  EXPECT_TRUE(tensors.contains("something.else"));
  EXPECT_THAT(files.names(), ElementsAre("m.gguf"));
}

TEST(GgufModel, NormsOfGemmaAreAroundZero) {
  GgufBuilder gemma;
  gemma.text("general.architecture", "gemma3")
      .tensor("blk.0.post_ffw_norm.weight", {1}, {1.5F})
      .tensor("blk.0.ffn_norm.weight", {1}, {1.25F})
      .tensor("blk.0.ffn_up.weight", {1}, {1.25F});
  const WeightFiles files(*open(gemma.build()));
  const auto valueOf = [&](const char* name) {
    return *reinterpret_cast<const float*>(files.tensors().at(name).bytes.data());
  };
  EXPECT_EQ(valueOf("model.layers.0.post_feedforward_layernorm.weight"), 0.5F);
  EXPECT_EQ(valueOf("model.layers.0.pre_feedforward_layernorm.weight"), 0.25F);
  EXPECT_EQ(valueOf("model.layers.0.mlp.up_proj.weight"), 1.25F);
}

TEST(GgufModel, IsFoundInSeveralFiles) {
  GgufBuilder first, second;
  first.text("general.architecture", "qwen2").add("split.count", 2, GgufBuilder::raw<short>(2));
  first.tensor("token_embd.weight", {1}, {1});
  second.add("split.no", 2, GgufBuilder::raw<short>(1)).tensor("output_norm.weight", {1}, {2});
  const std::map<std::string, std::string> files = {{"m-00001-of-00002.gguf", first.build()},
                                                    {"m-00002-of-00002.gguf", second.build()}};
  const WeightFiles weights(*openGguf(modelInMemory(files, "models"), "m-00001-of-00002.gguf"));
  EXPECT_THAT(weights.names(), ElementsAre("m-00001-of-00002.gguf", "m-00002-of-00002.gguf"));
  EXPECT_EQ(weights.tensors().size(), 2U);

  const std::map<std::string, std::string> alone = {{"m-00001-of-00002.gguf", first.build()}};
  EXPECT_THAT(test::errorOf([&] {
                WeightFiles(*openGguf(modelInMemory(alone, "models"), "m-00001-of-00002.gguf"));
              }),
              HasSubstr("m-00002-of-00002.gguf"));
  const std::map<std::string, std::string> renamed = {{"other.gguf", first.build()}};
  EXPECT_THAT(test::errorOf(
                  [&] { WeightFiles(*openGguf(modelInMemory(renamed, "models"), "other.gguf")); }),
              HasSubstr("give the file whose name ends in -00001-of-00002.gguf"));
}

TEST(GgufModel, IsOpenedByItsPath) {
  const test::TemporaryFolder folder;
  folder.write("tiny.gguf", tinyGguf().build());
  folder.write("unrelated.txt", "x");
  const auto model = openModel(folder.path() / "tiny.gguf");
  EXPECT_EQ(model->describe(), (folder.path() / "tiny.gguf").string());
  EXPECT_EQ(readDecoderConfig(*model).hiddenSize, 8);
  const std::string identity = model->identity();
  folder.write("unrelated.txt", "something else");
  EXPECT_EQ(openModel(folder.path() / "tiny.gguf")->identity(), identity);
  folder.write("tiny.gguf", tinyGguf().text("more", "x").build());
  EXPECT_NE(openModel(folder.path() / "tiny.gguf")->identity(), identity);
}

}  // namespace
}  // namespace canvass
