// LoRA adapters: new ones, PEFT folders, and those that are refused.
#include "model/adapter.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cmath>

#include "base/file.h"
#include "model/load.h"
#include "model/tiny_model.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::TensorsByName;
using ::testing::HasSubstr;

constexpr const char* configFile = "adapter_config.json";
constexpr const char* tensorFile = "adapter_model.safetensors";
constexpr const char* queryA = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight";
constexpr const char* queryB = "base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight";

AdapterConfig configOf(std::vector<std::string> targets, std::int64_t rank = 4) {
  AdapterConfig config;
  config.rank = rank;
  config.targets = std::move(targets);
  return config;
}

std::unique_ptr<Decoder> freshDecoder(bool trainable = false) {
  return loadDecoder(*openModel(test::goldenModel("llama3")), {Precision::float32, trainable});
}

TensorsByName adapterTensors(const Decoder& decoder) {
  TensorsByName found;
  for (const auto& [name, tensor] : decoder.parameters()) {
    if (name.find(".lora_") != std::string::npos) found[name] = tensor;
  }
  return found;
}

// As training would.
void fillWithNoise(const Decoder& decoder) {
  const c10::NoGradGuard noGradients;
  at::manual_seed(7);
  for (auto& [name, tensor] : adapterTensors(decoder)) tensor.normal_(0.0, 0.1);
}

double difference(const at::Tensor& a, const at::Tensor& b) {
  return (a - b).abs().max().item<double>();
}

const std::vector<std::string> allTargets = {"down_proj", "gate_proj", "k_proj", "o_proj",
                                             "q_proj",    "up_proj",   "v_proj"};

TEST(NewAdapter, ChangesNothingBeforeTraining) {
  const auto decoder = freshDecoder();
  const at::Tensor before = test::someLogits(*decoder);
  attachNewAdapter(*decoder, configOf(allTargets), 1);
  EXPECT_LT(difference(test::someLogits(*decoder), before), 1e-6);
  fillWithNoise(*decoder);
  EXPECT_GT(difference(test::someLogits(*decoder), before), 1e-2);
}

TEST(NewAdapter, StartsAsPeftsDoes) {
  const auto decoder = freshDecoder();
  attachNewAdapter(*decoder, configOf(allTargets, 3), 1);
  const auto tensors = adapterTensors(*decoder);
  EXPECT_EQ(tensors.size(), 2U * 7U * 2U);
  for (const auto& [name, tensor] : tensors) {
    EXPECT_TRUE(tensor.requires_grad()) << name;
    EXPECT_EQ(tensor.scalar_type(), at::kFloat) << name;
    const double greatest = tensor.abs().max().item<double>();
    if (name.ends_with("lora_B.weight")) {
      EXPECT_EQ(tensor.size(1), 3) << name;
      EXPECT_EQ(greatest, 0.0) << name;
    } else {
      const double bound = 1.0 / std::sqrt(static_cast<double>(tensor.size(1)));
      EXPECT_EQ(tensor.size(0), 3) << name;
      EXPECT_LE(greatest, bound) << name;
      EXPECT_GT(greatest, 0.9 * bound) << name;
    }
  }
}

TEST(NewAdapter, IsTheOnlyThingTrained) {
  const auto decoder = freshDecoder();
  attachNewAdapter(*decoder, configOf({"q_proj", "v_proj"}), 1);
  fillWithNoise(*decoder);
  test::logitsAfter(*decoder, {{1, 2, 3, 4}, {5, 6, 7}}).square().mean().backward();
  for (const auto& [name, tensor] : decoder->parameters()) {
    const bool isAdapter = name.find(".lora_") != std::string::npos;
    EXPECT_EQ(tensor.requires_grad(), isAdapter) << name;
    ASSERT_EQ(tensor.grad().defined(), isAdapter) << name;
    EXPECT_TRUE(!isAdapter || tensor.grad().abs().max().item<double>() > 0.0) << name;
  }
}

TEST(NewAdapter, TheSeedDecidesIt) {
  std::vector<TensorsByName> made;
  for (const std::uint64_t seed : {5, 5, 6}) {
    const auto decoder = freshDecoder();
    attachNewAdapter(*decoder, configOf({"q_proj"}), seed);
    made.push_back(adapterTensors(*decoder));
  }
  const std::string name = "model.layers.1.self_attn.q_proj.lora_A.weight";
  EXPECT_TRUE(made[0].at(name).equal(made[1].at(name)));
  EXPECT_FALSE(made[0].at(name).equal(made[2].at(name)));
}

TEST(NewAdapter, ATargetThatNamesNoLayerIsNamed) {
  for (const char* target : {"w1", "proj", "self_attn.q_proj", "lm_head", ""}) {
    const auto decoder = freshDecoder();
    const std::string message = test::errorOf([&] {
      attachNewAdapter(*decoder, configOf({"q_proj", target}), 1);
    });
    EXPECT_THAT(message, HasSubstr("no linear layer of the model is called \"" +
                                   std::string(target) + "\""));
    EXPECT_THAT(message, HasSubstr("gate_proj"));
  }
}

// A saved adapter of a llama3 decoder with noise for weights, and the logits it gave.
class SavedAdapter : public ::testing::Test {
 protected:
  SavedAdapter() {
    config.baseModel = "some/model";
    config.dropout = 0.25;
    config.rankStabilized = true;
    const auto decoder = freshDecoder();
    attachNewAdapter(*decoder, config, 1);
    fillWithNoise(*decoder);
    saveAdapter(*decoder, config, folder.path());
    logits = test::someLogits(*decoder);
  }

  std::string loadError() const {
    return test::errorOf([&] { loadAdapter(*freshDecoder(), *openModel(folder.path())); });
  }
  void editTensors(const std::function<void(TensorsByName&)>& change) const {
    TensorsByName tensors = test::readTensors(folder.path() / tensorFile);
    change(tensors);
    test::writeTensors(folder.path() / tensorFile, tensors);
  }
  void editConfig(const Json& changes) const {
    Json json = parseJson(readFile(folder.path() / configFile), configFile);
    json.update(changes);
    writeFileAtomically(folder.path() / configFile, json.dump());
  }

  test::TemporaryFolder folder;
  AdapterConfig config = configOf({"gate_proj", "q_proj"});
  at::Tensor logits;
};

TEST_F(SavedAdapter, IsWhatPeftReads) {
  EXPECT_EQ(readAdapterConfig(*openModel(folder.path())), config);
  const auto tensors = test::readTensors(folder.path() / tensorFile);
  EXPECT_EQ(tensors.size(), 8U);
  ASSERT_TRUE(tensors.contains(queryA) && tensors.contains(queryB));
  EXPECT_EQ(tensors.at(queryA).sizes().vec(), (std::vector<std::int64_t>{4, 32}));
  EXPECT_EQ(tensors.at(queryB).sizes().vec(), (std::vector<std::int64_t>{64, 4}));
}

TEST_F(SavedAdapter, GivesTheSameLogitsAgain) {
  const auto decoder = freshDecoder();
  EXPECT_EQ(loadAdapter(*decoder, *openModel(folder.path())), config);
  EXPECT_LT(difference(test::someLogits(*decoder), logits), 1e-6);
}

// Whatever the precision of computation, what is trained is fp32.
TEST_F(SavedAdapter, OnABfloat16DecoderStaysFp32) {
  const auto decoder =
      loadDecoder(*openModel(test::goldenModel("llama3")), {Precision::bfloat16, false});
  loadAdapter(*decoder, *openModel(folder.path()));
  for (const auto& [name, tensor] : adapterTensors(*decoder)) {
    EXPECT_EQ(tensor.scalar_type(), at::kFloat) << name;
  }
  EXPECT_LT(test::relativeError(test::someLogits(*decoder), logits), 0.05);
}

TEST_F(SavedAdapter, HalfPrecisionTensorsAreRead) {
  editTensors([](auto& all) {
    for (auto& [name, tensor] : all) tensor = tensor.to(at::kBFloat16);
  });
  const auto decoder = freshDecoder();
  loadAdapter(*decoder, *openModel(folder.path()));
  EXPECT_LT(test::relativeError(test::someLogits(*decoder), logits), 0.05);
}

TEST_F(SavedAdapter, DamagedTensorsAreNamed) {
  const TensorsByName whole = test::readTensors(folder.path() / tensorFile);
  struct Fault {
    std::function<void(TensorsByName&)> damage;
    std::vector<std::string> message;
  };
  const std::string quotedA = "\"" + std::string(queryA) + "\"";
  const std::vector<Fault> faults = {
      {[](auto& all) { all.erase(queryA); }, {quotedA + " is missing"}},
      {[](auto& all) { all.erase(queryB); }, {std::string(queryB) + "\" is missing"}},
      {[](auto& all) {
         all["base_model.model.lm_head.lora_A.weight"] = at::ones({4, 32});
       },
       {"\"base_model.model.lm_head.lora_A.weight\" does not belong to an adapted layer"}},
      {[](auto& all) { all[queryA] = all[queryA].t(); },
       {quotedA + " has the shape [32, 4], but [4, 32] was expected", "another model"}},
      {[](auto& all) { all[queryB] = all[queryB].slice(0, 0, 32); },
       {"has the shape [32, 4], but [64, 4] was expected"}},
      {[](auto& all) { all[queryA] = all[queryA].slice(0, 0, 3); }, {"[3, 32], but [4, 32]"}},
      {[](auto& all) { all[queryA] = all[queryA].to(at::kLong); },
       {queryA, "I64", "not supported"}},
  };
  for (const Fault& fault : faults) {
    TensorsByName tensors = whole;
    fault.damage(tensors);
    test::writeTensors(folder.path() / tensorFile, tensors);
    const std::string message = loadError();
    EXPECT_THAT(message, HasSubstr(tensorFile));
    for (const std::string& part : fault.message) EXPECT_THAT(message, HasSubstr(part));
  }
}

TEST_F(SavedAdapter, SettingsThatAreNotImplementedAreNamed) {
  const std::string whole = readFile(folder.path() / configFile);
  const std::vector<std::pair<Json, const char*>> cases = {
      {{{"use_dora", true}}, "\"use_dora\" is not implemented"},
      {{{"bias", "lora_only"}}, "\"bias\""},
      {{{"lora_bias", true}}, "\"lora_bias\" is not implemented"},
      {{{"rank_pattern", {{"q_proj", 2}}}}, "\"rank_pattern\" is not implemented"},
      {{{"alpha_pattern", {{"q_proj", 2}}}}, "\"alpha_pattern\" is not implemented"},
      {{{"modules_to_save", {"embed_tokens"}}}, "\"modules_to_save\" is not implemented"},
      {{{"target_modules", ".*q_proj"}}, "regular expression"},
      {{{"target_modules", "all-linear"}}, "regular expression"},
      {{{"target_modules", {"q_proj", "c_attn"}}}, "is called \"c_attn\""},
      {{{"peft_type", "LOHA"}}, "\"peft_type\""},
      {{{"r", 8}}, "has the shape [4, 32], but [8, 32] was expected"},
      {{{"lora_dropout", 1.5}}, "\"lora_dropout\" must be at least 0 and below 1"},
      {{{"lora_dropout", -0.1}}, "\"lora_dropout\" must be at least 0 and below 1"},
  };
  for (const auto& [changes, message] : cases) {
    writeFileAtomically(folder.path() / configFile, whole);
    editConfig(changes);
    EXPECT_THAT(loadError(), HasSubstr(message)) << changes;
  }
}

TEST_F(SavedAdapter, AFileThatIsNotThereIsNamed) {
  for (const char* file : {tensorFile, configFile}) {
    std::filesystem::remove(folder.path() / file);
    EXPECT_THAT(loadError(), HasSubstr((folder.path() / file).string()));
  }
}

}  // namespace
}  // namespace canvass
