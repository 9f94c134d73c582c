// The encoder against Hugging Face transformers: tools/oracle/encoder_golden.py.
#include "model/encoder.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "model_files/safetensors.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using testing::HasSubstr;

std::filesystem::path folder(const std::string& line = "bert") {
  return test::sourceFolder() / "tests" / "golden" / "encoders" / line;
}

Json records(const std::string& line = "bert") {
  const auto path = folder(line) / "golden.json";
  return parseJson(readFile(path), path.string());
}

at::Tensor goldenStates(const Json& record, std::int64_t hidden) {
  return at::tensor(record.at("states").get<std::vector<float>>()).view({-1, hidden});
}

class EncoderLine : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Lines, EncoderLine, testing::Values("bert", "roberta", "deberta"),
                         [](const auto& line) { return line.param; });

TEST_P(EncoderLine, StatesAreThoseOfTransformersHoweverTextsArePadded) {
  const auto encoder = loadEncoder(*openModel(folder(GetParam())), false);
  const c10::NoGradGuard noGradients;
  std::vector<std::vector<std::int32_t>> texts;
  std::vector<at::Tensor> expected;
  const Json all = records(GetParam());
  for (const Json& record : all) {
    texts.push_back(record.at("ids").get<std::vector<std::int32_t>>());
    expected.push_back(goldenStates(record, encoder->config().hiddenSize));
    EXPECT_TRUE(at::allclose(encoder->states({texts.back()}), expected.back(), 0.0, 1e-4));
  }
  EXPECT_TRUE(at::allclose(encoder->states(texts), at::cat(expected), 0.0, 1e-4));
}

TEST_P(EncoderLine, TrainableOneComputesTheSameAndEveryParameterHasAGradient) {
  const auto encoder = loadEncoder(*openModel(folder(GetParam())), true);
  const Json record = records(GetParam()).front();
  const at::Tensor states = encoder->states({record.at("ids").get<std::vector<std::int32_t>>()});
  EXPECT_TRUE(at::allclose(states, goldenStates(record, encoder->config().hiddenSize), 0.0, 1e-4));
  (states * states.detach().cos()).sum().backward();
  for (const auto& [name, tensor] : encoder->parameters()) {
    EXPECT_GT(tensor.grad().abs().max().item<float>(), 0.0F) << name;
  }
}

TEST(Encoder, DropoutActsOnlyWhileGradientsAreRecorded) {
  const auto encoder = loadEncoder(*openModel(folder()), true);
  const std::vector<std::vector<std::int32_t>> texts = {
      records().front().at("ids").get<std::vector<std::int32_t>>()};
  const at::Tensor plain = encoder->states(texts).detach();
  ExecutionContext context;
  EXPECT_FALSE(at::allclose(encoder->states(texts, 0.5, context).detach(), plain));
  const c10::NoGradGuard noGradients;
  EXPECT_TRUE(at::equal(encoder->states(texts, 0.5, context), plain));
}

TEST(Encoder, NamesMayHaveThePrefixOfAModelWithAHead) {
  const test::TemporaryFolder other;
  const SafetensorsFile stored(*openModel(folder()), "model.safetensors");
  std::map<std::string, StoredTensor> renamed;
  for (const auto& [name, tensor] : stored.tensors()) renamed["bert." + name] = tensor;
  renamed["cls.predictions.bias"] = stored.tensors().at("embeddings.LayerNorm.bias");
  writeSafetensors(other.path() / "model.safetensors", renamed);
  Json config = parseJson(readFile(folder() / "config.json"), "config.json");
  config["architectures"] = {"BertForMaskedLM"};
  other.write("config.json", config.dump());
  const auto encoder = loadEncoder(*openModel(other.path()), false);
  const c10::NoGradGuard noGradients;
  const Json record = records().front();
  EXPECT_TRUE(at::allclose(encoder->states({record.at("ids").get<std::vector<std::int32_t>>()}),
                           goldenStates(record, encoder->config().hiddenSize), 0.0, 1e-4));
}

TEST(Encoder, DebertasUnusedTableOfPositionsIsLeftAlone) {
  const test::TemporaryFolder other;
  const SafetensorsFile stored(*openModel(folder("deberta")), "model.safetensors");
  auto tensors = stored.tensors();
  tensors["embeddings.position_embeddings.weight"] =
      tensors.at("embeddings.word_embeddings.weight");
  writeSafetensors(other.path() / "model.safetensors", tensors);
  other.write("config.json", readFile(folder("deberta") / "config.json"));
  EXPECT_EQ(loadEncoder(*openModel(other.path()), false)->config().positionCount, 0);
}

TEST(Encoder, SaysWhatIsMissingUnexpectedOrTooLong) {
  const auto encoder = loadEncoder(*openModel(folder()), false);
  EXPECT_THAT(test::errorOf([&] { encoder->states({std::vector<std::int32_t>(65, 5)}); }),
              HasSubstr("a text of 65 tokens is too long: the model reads at most 64"));
  const test::TemporaryFolder other;
  const SafetensorsFile stored(*openModel(folder()), "model.safetensors");
  auto tensors = stored.tensors();
  tensors["extra"] = tensors.at("embeddings.LayerNorm.bias");
  writeSafetensors(other.path() / "model.safetensors", tensors);
  other.write("config.json", readFile(folder() / "config.json"));
  EXPECT_THAT(test::errorOf([&] { loadEncoder(*openModel(other.path()), false); }),
              HasSubstr("the tensor \"extra\" does not belong in a BertModel"));
  tensors.erase("extra");
  tensors.erase("encoder.layer.1.output.dense.bias");
  writeSafetensors(other.path() / "model.safetensors", tensors);
  EXPECT_THAT(test::errorOf([&] { loadEncoder(*openModel(other.path()), false); }),
              HasSubstr("the tensor \"encoder.layer.1.output.dense.bias\" is missing"));
}

}  // namespace
}  // namespace canvass
