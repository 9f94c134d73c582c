// What is written is what is read: weights, their precision, and new random decoders.
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "base/file.h"
#include "model/initialize.h"
#include "model/load.h"
#include "model/tiny_model.h"
#include "model_files/decoder_layout.h"
#include "model_files/weight_files.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::ModelCopy;

std::unique_ptr<Decoder> loadTrainable(const std::filesystem::path& folder) {
  return loadDecoder(*openModel(folder), {Precision::float32, true});
}

std::string testName(const ::testing::TestParamInfo<std::string>& model) {
  std::string name = model.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class EveryFamily : public ::testing::TestWithParam<std::string> {
 protected:
  const std::filesystem::path folder = test::goldenModel(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Models, EveryFamily, ::testing::ValuesIn(test::goldenModels()), testName);

TEST_P(EveryFamily, HasTheParametersOfItsLayout) {
  const auto decoder = loadTrainable(folder);
  const auto parameters = test::parametersOf(*decoder);
  const auto specs = decoderTensors(decoder->config());
  EXPECT_EQ(parameters.size(), specs.size());
  for (const TensorSpec& spec : specs) {
    ASSERT_TRUE(parameters.contains(spec.name)) << spec.name;
    EXPECT_EQ(parameters.at(spec.name).sizes().vec(), spec.shape) << spec.name;
  }
}

TEST_P(EveryFamily, WeightsComeBackAsTheyWereSaved) {
  const test::TemporaryFolder copy;
  const auto decoder = loadTrainable(folder);
  copy.write("config.json", readFile(folder / "config.json"));
  saveDecoderWeights(*decoder, copy.path());
  const auto again = loadTrainable(copy.path());
  EXPECT_EQ(again->config(), decoder->config());
  const auto saved = test::parametersOf(*again);
  for (const auto& [name, tensor] : test::parametersOf(*decoder)) {
    EXPECT_TRUE(saved.at(name).equal(tensor)) << name;
  }
  EXPECT_EQ(WeightFiles(*openModel(copy.path())).maxStored(), ElementType::float32);
}

// Frozen weights may be stored and multiplied in other ways than trained ones.
TEST_P(EveryFamily, FrozenAndTrainableWeightsGiveTheSameLogits) {
  const at::Tensor frozen =
      test::someLogits(*loadDecoder(*openModel(folder), {Precision::float32, false}));
  const at::Tensor trainable = test::someLogits(*loadTrainable(folder));
  EXPECT_LT((frozen - trainable).abs().max().item<double>(), 1e-4);
}

// bf16 has 8 significant bits. These checkpoints have large weights: over their two layers logits
// are off by less than 5% of their spread on average (2% to 4% was seen), none by more than 25%.
TEST_P(EveryFamily, Bfloat16IsWithinItsTolerance) {
  const at::Tensor exact =
      test::someLogits(*loadDecoder(*openModel(folder), {Precision::float32, false}));
  for (const bool trainable : {false, true}) {
    const auto decoder = loadDecoder(*openModel(folder), {Precision::bfloat16, trainable});
    const at::Tensor logits = test::someLogits(*decoder);
    EXPECT_EQ(logits.scalar_type(), at::kFloat);
    const double greatest = (logits - exact).abs().max().item<double>();
    EXPECT_LT(test::relativeError(logits, exact), 0.05) << (trainable ? "trainable" : "frozen");
    EXPECT_LT(greatest, 0.25 * exact.std().item<double>()) << (trainable ? "trainable" : "frozen");
    EXPECT_GT(greatest, 0.0);
  }
}

TEST(StoredPrecision, IsThatOfMostBytes) {
  const std::vector<std::pair<const char*, ElementType>> models = {
      {"llama2", ElementType::float32},
      {"llama-linear-sharded", ElementType::float32},
      {"qwen2-bfloat16", ElementType::bfloat16},
      {"vicuna-linear-float16", ElementType::float16}};
  for (const auto& [model, type] : models) {
    EXPECT_EQ(WeightFiles(*openModel(test::goldenModel(model))).maxStored(), type) << model;
  }
  const ModelCopy mixed("qwen2-bfloat16");
  const auto widen = [](const std::string& part) {
    return [part](test::TensorsByName& tensors) {
      for (auto& [name, tensor] : tensors) {
        if (name.find(part) != std::string::npos) tensor = tensor.to(at::kFloat);
      }
    };
  };
  mixed.editTensors(widen("norm"));  // many tensors, few bytes
  EXPECT_EQ(WeightFiles(*openModel(mixed.path())).maxStored(), ElementType::bfloat16);
  mixed.editTensors(widen("proj"));
  EXPECT_EQ(WeightFiles(*openModel(mixed.path())).maxStored(), ElementType::float32);
}

class NewDecoder : public ::testing::TestWithParam<bool> {
 protected:
  void make(std::uint64_t seed, const char* name) const {
    initializeDecoder(config, seed, folder.path() / name);
  }
  std::string bytes(const char* name) const {
    return readFile(folder.path() / name / "model.safetensors");
  }
  double spread(const at::Tensor& tensor) const { return tensor.std().item<double>(); }

  const DecoderConfig config = test::smallShape(GetParam());
  test::TemporaryFolder folder;
};

INSTANTIATE_TEST_SUITE_P(Embeddings, NewDecoder, ::testing::Bool(), [](const auto& tied) {
  return std::string(tied.param ? "tied" : "untied");
});

TEST_P(NewDecoder, TheSeedDecidesEveryByte) {
  make(7, "a"), make(7, "b"), make(8, "c");
  EXPECT_TRUE(bytes("a") == bytes("b"));
  EXPECT_FALSE(bytes("a") == bytes("c"));
  const auto first = test::readTensors(folder.path() / "a/model.safetensors");
  const auto second = test::readTensors(folder.path() / "c/model.safetensors");
  for (const auto& [name, tensor] : first) {
    EXPECT_EQ(tensor.equal(second.at(name)), tensor.dim() == 1) << name;
  }
}

TEST_P(NewDecoder, CanBeLoadedAndAnswersEvenly) {
  make(7, "a");
  const auto decoder = loadTrainable(folder.path() / "a");
  EXPECT_EQ(decoder->config(), config);
  const at::Tensor shares = test::someLogits(*decoder).softmax(-1);
  EXPECT_LT((shares - 1.0 / 50.0).abs().max().item<double>(), 0.02);
}

TEST_P(NewDecoder, HasTheSpreadThatTheHeaderSays) {
  make(7, "a");
  const auto all = test::parametersOf(*loadTrainable(folder.path() / "a"));
  const std::string layer = "model.layers.1.";
  const double inputs = std::sqrt(1.0 / 32.0);
  const double intermediate = std::sqrt(1.0 / 48.0);
  EXPECT_NEAR(spread(all.at(layer + "self_attn.q_proj.weight")), inputs, 0.1 * inputs);
  EXPECT_NEAR(spread(all.at(layer + "mlp.gate_proj.weight")), inputs, 0.1 * inputs);
  EXPECT_NEAR(spread(all.at(layer + "self_attn.o_proj.weight")), inputs / 2, 0.1 * inputs);
  EXPECT_NEAR(spread(all.at(layer + "mlp.down_proj.weight")), intermediate / 2, 0.1 * intermediate);
  EXPECT_TRUE(all.at(layer + "input_layernorm.weight").equal(at::ones({32})));
  // A tied head is the embedding matrix, and starts near zero as a head does.
  EXPECT_NEAR(spread(all.at("model.embed_tokens.weight")), GetParam() ? 0.02 : 1.0,
              GetParam() ? 0.002 : 0.1);
  EXPECT_EQ(all.contains("lm_head.weight"), !GetParam());
}

}  // namespace
}  // namespace canvass
