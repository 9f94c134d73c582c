// What loadDecoder takes and what it refuses, on copies of the golden checkpoints.
#include "model/load.h"

#include <ATen/ATen.h>

#include <cstring>

#include "base/file.h"
#include "model/tiny_model.h"
#include "nn/quantized_product.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::ModelCopy;
using test::TensorsByName;
using ::testing::HasSubstr;

constexpr const char* upWeight = "model.layers.1.mlp.up_proj.weight";
constexpr const char* indexFile = "model.safetensors.index.json";
constexpr const char* secondShard = "model-00002-of-00003.safetensors";

struct Fault {
  const char* name;
  const char* model;
  std::function<void(const ModelCopy&)> damage;
  std::vector<const char*> message;  // parts of it

  friend void PrintTo(const Fault& one, std::ostream* out) { *out << one.name; }
};

class DamagedModel : public ::testing::TestWithParam<Fault> {};

TEST_P(DamagedModel, IsRefusedByName) {
  const ModelCopy model(GetParam().model);
  ASSERT_NO_THROW(loadDecoder(*openModel(model.path()), {Precision::float32, false}));
  GetParam().damage(model);
  const std::string message = test::errorOf([&] {
    loadDecoder(*openModel(model.path()), {Precision::float32, false});
  });
  EXPECT_THAT(message, HasSubstr(model.path().string()));
  for (const char* part : GetParam().message) EXPECT_THAT(message, HasSubstr(part));
}

// Damages one tensor file.
std::function<void(const ModelCopy&)> tensors(std::function<void(TensorsByName&)> change) {
  return [change = std::move(change)](const ModelCopy& model) { model.editTensors(change); };
}

// Damages the list of which tensor is in which shard.
std::function<void(const ModelCopy&)> index(std::function<void(Json&)> change) {
  return [change = std::move(change)](const ModelCopy& model) {
    model.editJson(indexFile, [&](Json& json) { change(json["weight_map"]); });
  };
}

std::function<void(const ModelCopy&)> removal(const char* file) {
  return [file](const ModelCopy& model) { std::filesystem::remove(model.path() / file); };
}

// The name of some tensor in the second shard.
std::string inSecondShard(const Json& weightMap) {
  for (const auto& [tensor, shard] : weightMap.items()) {
    if (shard == secondShard) return tensor;
  }
  return {};
}

INSTANTIATE_TEST_SUITE_P(
    Tensors, DamagedModel,
    ::testing::Values(
        Fault{"missing",
              "llama2",
              tensors([](auto& all) { all.erase(upWeight); }),
              {"\"model.layers.1.mlp.up_proj.weight\" is missing"}},
        Fault{"missing_head",
              "llama2",
              tensors([](auto& all) { all.erase("lm_head.weight"); }),
              {"\"lm_head.weight\" is missing"}},
        Fault{"missing_bias",
              "qwen2",
              tensors([](auto& all) { all.erase("model.layers.0.self_attn.q_proj.bias"); }),
              {"\"model.layers.0.self_attn.q_proj.bias\" is missing"}},
        Fault{"missing_head_norm",
              "qwen3",
              tensors([](auto& all) { all.erase("model.layers.1.self_attn.k_norm.weight"); }),
              {"\"model.layers.1.self_attn.k_norm.weight\" is missing"}},
        Fault{"one_layer_too_many",
              "llama2",
              tensors([](auto& all) { all["model.layers.2.mlp.up_proj.weight"] = all[upWeight]; }),
              {"\"model.layers.2.mlp.up_proj.weight\" does not belong in a LlamaForCausalLM"}},
        Fault{"bias_without_key",
              "llama2",
              tensors([](auto& all) {
                all["model.layers.0.self_attn.q_proj.bias"] = at::zeros({32});
              }),
              {"\"model.layers.0.self_attn.q_proj.bias\" does not belong in"}},
        Fault{"head_norm_of_qwen3",
              "llama2",
              tensors([](auto& all) {
                all["model.layers.0.self_attn.q_norm.weight"] = at::ones({8});
              }),
              {"\"model.layers.0.self_attn.q_norm.weight\" does not belong in"}},
        Fault{"adapter_merged_in",
              "llama2",
              tensors([](auto& all) {
                all["model.layers.0.self_attn.q_proj.lora_A.weight"] = at::ones({2, 32});
              }),
              {"lora_A.weight\" does not belong in"}},
        Fault{"transposed",
              "llama2",
              tensors([](auto& all) { all[upWeight] = all[upWeight].t(); }),
              {"up_proj.weight\" has the shape [32, 48], but config.json requires [48, 32]"}},
        Fault{"fewer_dimensions",
              "llama2",
              tensors([](auto& all) {
                all["model.norm.weight"] = at::ones({1, 32});
              }),
              {"\"model.norm.weight\" has the shape [1, 32], but config.json requires [32]"}},
        Fault{"smaller_vocabulary",
              "smollm",
              tensors([](auto& all) {
                auto& embeddings = all["model.embed_tokens.weight"];
                embeddings = embeddings.slice(0, 0, 100);
              }),
              {"\"model.embed_tokens.weight\" has the shape [100, 36]"}},
        Fault{"whole_numbers",
              "llama2",
              tensors([](auto& all) { all[upWeight] = all[upWeight].to(at::kLong); }),
              {upWeight, "I64", "not supported", "F32, F16 or BF16"}},
        Fault{"no_weights",
              "llama2",
              removal("model.safetensors"),
              {"there is no model.safetensors and no model.safetensors.index.json"}},
        Fault{"no_config", "llama2", removal("config.json"), {"config.json"}},
        Fault{"cut_off",
              "llama2",
              [](const ModelCopy& model) {
                const auto file = model.path() / "model.safetensors";
                std::filesystem::resize_file(file, std::filesystem::file_size(file) - 4);
              },
              {"model.safetensors", "cut off"}},
        Fault{"config_of_another_size",
              "llama2",
              [](const ModelCopy& model) {
                model.editConfig([](Json& config) { config["intermediate_size"] = 64; });
              },
              {"has the shape [48, 32], but config.json requires [64, 32]"}}),
    [](const auto& fault) { return std::string(fault.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Shards, DamagedModel,
    ::testing::Values(
        Fault{"name_escapes_upwards",
              "llama-linear-sharded",
              index([](Json& map) { map[inSecondShard(map)] = "../model.safetensors"; }),
              {indexFile, "\"../model.safetensors\" is not a plain file name"}},
        Fault{"name_escapes_absolutely",
              "llama-linear-sharded",
              index([](Json& map) { map[inSecondShard(map)] = "/tmp/model.safetensors"; }),
              {indexFile, "\"/tmp/model.safetensors\" is not a plain file name"}},
        Fault{"name_is_a_folder",
              "llama-linear-sharded",
              index([](Json& map) { map[inSecondShard(map)] = ".."; }),
              {indexFile, "\"..\" is not a plain file name"}},
        Fault{"shard_missing", "llama-linear-sharded", removal(secondShard), {secondShard}},
        Fault{"listed_but_absent",
              "llama-linear-sharded",
              index([](Json& map) { map["model.extra.weight"] = secondShard; }),
              {"\"model.extra.weight\" is listed in", "but not in the shard", secondShard}},
        Fault{"absent_from_the_list",
              "llama-linear-sharded",
              index([](Json& map) { map.erase(inSecondShard(map)); }),
              {"is not listed for this shard", secondShard}},
        Fault{
            "listed_for_another_shard",
            "llama-linear-sharded",
            index([](Json& map) { map[inSecondShard(map)] = "model-00001-of-00003.safetensors"; }),
            {"is not listed for this shard"}},
        Fault{"index_without_map",
              "llama-linear-sharded",
              [](const ModelCopy& model) {
                model.editJson(indexFile, [](Json& json) { json = Json::object(); });
              },
              {indexFile, "\"weight_map\" is missing"}},
        Fault{"index_lists_nothing",
              "llama-linear-sharded",
              index([](Json& map) { map = Json::object(); }),
              {"is missing"}},
        Fault{"index_is_no_json",
              "llama-linear-sharded",
              [](const ModelCopy& model) {
                std::filesystem::resize_file(model.path() / indexFile, 20);
              },
              {indexFile, "not valid JSON"}}),
    [](const auto& fault) { return std::string(fault.param.name); });

struct Surplus {
  const char* name;
  const char* model;
  const char* tensor;
  std::function<at::Tensor()> value;
};

class HarmlessTensor : public ::testing::TestWithParam<Surplus> {};

// Some writers leave tensors that say nothing.
TEST_P(HarmlessTensor, ChangesNothing) {
  const ModelCopy model(GetParam().model);
  const at::Tensor before =
      test::someLogits(*loadDecoder(*openModel(model.path()), {Precision::float32, false}));
  model.editTensors([](auto& all) { all[GetParam().tensor] = GetParam().value(); });
  const auto decoder = loadDecoder(*openModel(model.path()), {Precision::float32, false});
  EXPECT_TRUE(test::someLogits(*decoder).equal(before));
  EXPECT_FALSE(test::parametersOf(*decoder).contains(GetParam().tensor));
}

INSTANTIATE_TEST_SUITE_P(
    Surplus, HarmlessTensor,
    ::testing::Values(Surplus{"rotary_table", "llama2",
                              "model.layers.0.self_attn.rotary_emb.inv_freq",
                              [] { return at::ones({4}); }},
                      Surplus{"second_head_of_tied_llama", "smollm", "lm_head.weight",
                              [] {
                                return at::randn({128, 36});
                              }},
                      Surplus{"second_head_of_tied_qwen", "qwen2", "lm_head.weight",
                              [] {
                                return at::randn({128, 32});
                              }}),
    [](const auto& surplus) { return std::string(surplus.param.name); });

TEST(LoadDecoder, OneFileGoesBeforeAnIndex) {
  const ModelCopy model("llama2");
  writeFileAtomically(model.path() / indexFile, "{}");
  EXPECT_NO_THROW(loadDecoder(*openModel(model.path()), {Precision::float32, false}));
}

// Gemma 3 with a model for images: the text model's weights have a prefix, others are ignored.
TEST(LoadDecoder, TakesTheTextModelFromOneThatAlsoSees) {
  const ModelCopy model("gemma3");
  const auto decoder = loadDecoder(*openModel(model.path()), {Precision::float32, false});
  model.editConfig([](Json& config) {
    Json text = std::move(config);
    config = {{"architectures", {"Gemma3ForConditionalGeneration"}},
              {"text_config", std::move(text)},
              {"vision_config", {{"hidden_size", 16}}}};
  });
  model.editTensors([](TensorsByName& all) {
    TensorsByName renamed = {{"vision_tower.vision_model.head.probe", at::ones({1, 1, 16})},
                             {"multi_modal_projector.mm_soft_emb_norm.weight", at::ones({16})}};
    for (const auto& [name, tensor] : all) renamed["language_model." + name] = tensor;
    all = std::move(renamed);
  });
  const auto same = loadDecoder(*openModel(model.path()), {Precision::float32, false});
  EXPECT_TRUE(test::someLogits(*same).equal(test::someLogits(*decoder)));
}

// Old writers did not pad the header, so that numbers may stand at odd addresses.
TEST(LoadDecoder, DataMayStartAnywhere) {
  for (const char* name : {"llama2", "qwen2-bfloat16"}) {
    const ModelCopy model(name);
    const auto decoder = loadDecoder(*openModel(model.path()), {Precision::float32, false});
    std::string bytes = readFile(model.path() / "model.safetensors");
    std::uint64_t header = 0;
    std::memcpy(&header, bytes.data(), sizeof header);
    bytes.insert(sizeof header + header, " ");
    ++header;
    std::memcpy(bytes.data(), &header, sizeof header);
    writeFileAtomically(model.path() / "model.safetensors", bytes);
    for (const bool trainable : {false, true}) {
      const auto shifted = loadDecoder(*openModel(model.path()), {Precision::float32, trainable});
      const at::Tensor logits = test::someLogits(*shifted);
      EXPECT_LT((logits - test::someLogits(*decoder)).abs().max().item<double>(), 1e-4) << name;
    }
  }
}

TEST(LoadDecoder, OnlyTrainableWeightsRecordGradients) {
  for (const bool trainable : {false, true}) {
    const auto decoder = loadDecoder(*openModel(test::goldenModel("qwen2-bfloat16")),
                                     {Precision::bfloat16, trainable});
    for (const auto& [name, tensor] : decoder->parameters()) {
      EXPECT_EQ(tensor.requires_grad(), trainable) << name;
      EXPECT_TRUE(!trainable || tensor.scalar_type() == at::kFloat) << name;
    }
  }
}

struct Quantizing {
  const char* name;
  WeightChoice weights;
  ElementType matrices;  // the type of rows of 32 numbers
};

class QuantizedWhileLoading : public ::testing::TestWithParam<Quantizing> {};

// The logits are those of the numbers that the blocks stand for. Rows of 48 numbers, of which no
// whole blocks can be made, stay as they are.
TEST_P(QuantizedWhileLoading, HoldsMatricesAndTablesInBlocks) {
  for (const char* golden : {"llama2", "qwen2-untied", "gemma3", "olmo2"}) {
    const ModelCopy model(golden);
    const auto dense = loadDecoder(*openModel(model.path()), {});
    const auto quantized = loadDecoder(*openModel(model.path()), {.weights = GetParam().weights});
    EXPECT_LT(quantized->productBytes(), dense->productBytes()) << golden;
    model.editTensors([](TensorsByName& tensors) {
      for (auto& [name, tensor] : tensors) {
        if (tensor.dim() != 2 || tensor.size(1) % 32 != 0) continue;
        const bool isTable = name.find("embed") != name.npos || name.find("head") != name.npos;
        const auto type = isTable ? ElementType::q8_0 : GetParam().matrices;
        tensor = quantizedTo(type, tensor).dequantized(0, tensor.size(0));
      }
    });
    const auto rounded = loadDecoder(*openModel(model.path()), {});
    EXPECT_LT(test::relativeError(test::someLogits(*quantized), test::someLogits(*rounded)), 1e-5)
        << golden;
    EXPECT_GT(test::relativeError(test::someLogits(*dense), test::someLogits(*rounded)), 1e-3)
        << golden;
  }
}

TEST_P(QuantizedWhileLoading, IsOfFrozenWeightsOnly) {
  const auto model = openModel(test::goldenModel("llama2"));
  EXPECT_THAT(test::errorOf(
                  [&] { loadDecoder(*model, {.trainable = true, .weights = GetParam().weights}); }),
              HasSubstr("weights that are trained cannot be held in blocks"));
}

INSTANTIATE_TEST_SUITE_P(
    Types, QuantizedWhileLoading,
    ::testing::Values(Quantizing{"q8_0", WeightChoice::q8_0, ElementType::q8_0},
                      Quantizing{"q4_k", WeightChoice::q4_k, ElementType::q4_1}),
    [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace canvass
