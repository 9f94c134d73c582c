// Parity with transformers and PEFT: logits, losses, gradients and training curves of small random
// checkpoints of every family.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include <cstdlib>
#include <numeric>

#include "engine/forest/pack.h"
#include "engine/golden.h"
#include "engine/training/alignment_batch.h"
#include "engine/training/loss.h"
#include "engine/training/optimizer.h"
#include "model/adapter.h"
#include "model/load.h"
#include "model/stored_tensors.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::Golden;

class Parity : public ::testing::TestWithParam<std::string> {
 protected:
  Golden golden{GetParam()};

  std::vector<Forest> forests(const ForestOptions& options = {}) const {
    std::vector<std::size_t> all(golden.items.prompts.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return planChosen(golden.items, all, options, 1).forests;
  }

  // The mean loss over all items, gradients recorded.
  at::Tensor meanLoss(const Decoder& decoder, LossKind kind, ExecutionContext context = {}) const {
    at::Tensor sum = at::zeros({});
    for (const Forest& forest : forests()) {
      const Alignment alignment = align(decoder, golden.items, forest, context);
      sum = sum + lossSum(kind, alignment.logits, alignment.targets);
    }
    return sum / static_cast<double>(golden.items.prompts.size());
  }

  // The forest shares prefixes; what comes out is what each prompt gives alone.
  void expectAnswers(const Decoder& decoder, const ForestOptions& options,
                     ExecutionContext context = {}) const {
    const c10::NoGradGuard noGradients;
    for (const Forest& forest : forests(options)) {
      const at::Tensor logits = decoder.logits(decoder.answerStates(pack(forest), context)).cpu();
      for (std::size_t row = 0; row < forest.slots.size(); ++row) {
        const at::Tensor expected =
            golden.tensors.at("logits." + std::to_string(forest.slots[row].prompt))[-1];
        EXPECT_LT(test::greatestDifference(logits[static_cast<long>(row)], expected), 1e-4);
      }
    }
  }

  void expectLosses(const Decoder& decoder) const {
    for (const auto& [name, expected] : golden.facts["losses"].items()) {
      const double value = meanLoss(decoder, parseLoss(name)).item<double>();
      EXPECT_NEAR(value / expected.get<double>(), 1.0, 1e-5) << name;
    }
  }

  void expectGradients(const Decoder& decoder, ExecutionContext context = {}) const {
    meanLoss(decoder, LossKind::kl, context).backward();
    const auto expected = golden.startingWith("grad.");
    EXPECT_EQ(decoder.parameters().size(), expected.size());
    for (const auto& [name, tensor] : decoder.parameters()) {
      ASSERT_TRUE(expected.contains(name)) << name;
      EXPECT_LT(test::relativeDifference(tensor.grad().cpu(), expected.at(name)), 1e-4) << name;
    }
  }
};

class FullTraining : public Parity {};
class PeftAdapter : public Parity {};

std::string testName(const ::testing::TestParamInfo<std::string>& family) {
  std::string name = family.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Families, Parity, ::testing::ValuesIn(test::goldenNames()), testName);
INSTANTIATE_TEST_SUITE_P(Families, FullTraining, ::testing::ValuesIn(test::goldenNames("full")),
                         testName);
INSTANTIATE_TEST_SUITE_P(Families, PeftAdapter,
                         ::testing::ValuesIn(test::goldenNames("adapter_logits_from")), testName);

// Every position of every prompt is made an answer row, so that all logits are seen.
TEST_P(Parity, LogitsOfEveryPosition) {
  const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, false});
  const c10::NoGradGuard noGradients;
  for (std::size_t i = 0; i < golden.items.prompts.size(); ++i) {
    Forest forest = buildForests({answeredAtEnd(golden.items.prompts[i].tokens)}, {}).front();
    forest.answerRows.resize(forest.tokens.size());
    std::iota(forest.answerRows.begin(), forest.answerRows.end(), 0);
    const at::Tensor logits = decoder->logits(decoder->answerStates(pack(forest)));
    const auto from = golden.facts["logits_from"][i].get<std::int64_t>();
    const at::Tensor expected = golden.tensors.at("logits." + std::to_string(i));
    EXPECT_LT(test::greatestDifference(logits.slice(0, from), expected), 1e-4) << "prompt " << i;
  }
}

TEST_P(Parity, AnswersFromTheForest) {
  const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, false});
  for (const std::size_t minimum : {1, 24, 1000}) expectAnswers(*decoder, {64, minimum});
}

TEST_P(Parity, Losses) {
  expectLosses(*loadDecoder(*openModel(golden.folder), {Precision::float32, false}));
}

TEST_P(Parity, GradientsOfEveryWeight) {
  expectGradients(*loadDecoder(*openModel(golden.folder), {Precision::float32, true}));
}

// As on devices for which there are no kernels of ours: the same answers and gradients.
TEST_P(Parity, ByTorchsOperationsAlone) {
  const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, true});
  const ExecutionContext context{.torchOperationsOnly = true};
  expectAnswers(*decoder, {64, 1}, context);
  expectGradients(*decoder, context);
}

// On a GPU, where somebody has one: frozen weights and trained ones.
TEST_P(Parity, OnAnotherDevice) {
  const char* device = std::getenv("CANVASS_TEST_DEVICE");
  if (device == nullptr) GTEST_SKIP() << "CANVASS_TEST_DEVICE names no device, such as cuda:0";
  LoadOptions options{.precision = Precision::float32, .device = at::Device(device)};
  const auto frozen = loadDecoder(*openModel(golden.folder), options);
  expectAnswers(*frozen, {64, 1});
  expectLosses(*frozen);
  options.trainable = true;
  expectGradients(*loadDecoder(*openModel(golden.folder), options));
}

// Computing activations again changes memory and time, and no gradient.
TEST_P(Parity, GradientsWithRecomputedActivations) {
  const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, true});
  decoder->recomputeActivations(true);
  expectGradients(*decoder);
}

TrainOptions trainOptionsOf(const Json& facts) {
  TrainOptions options;
  options.learningRate = facts["learning_rate"].get<double>();
  options.weightDecay = facts["weight_decay"].get<double>();
  options.gradientClip = facts["gradient_clip_norm"].get<double>();
  options.warmUpShare = 0.0;
  options.schedule = Schedule::constant;
  return options;
}

std::vector<at::Tensor> trained(const Decoder& decoder) {
  std::vector<at::Tensor> tensors;
  for (const auto& [name, tensor] : decoder.parameters()) {
    if (tensor.requires_grad()) tensors.push_back(tensor);
  }
  return tensors;
}

// The adapter the golden run starts from, as a folder that loadAdapter reads.
void writeInitialAdapter(const Golden& golden, const std::filesystem::path& folder) {
  const Json& facts = golden.facts["lora"];
  AdapterConfig config;
  config.rank = facts["r"].get<std::int64_t>();
  config.alpha = facts["alpha"].get<double>();
  config.targets = facts["targets"].get<std::vector<std::string>>();
  writeFileAtomically(folder / "adapter_config.json", writeAdapterConfig(config));
  std::map<std::string, StoredTensor> stored;
  const auto initial = golden.startingWith("lora.initial.");
  for (const auto& [name, tensor] : initial) stored[name] = toStored(tensor);
  writeSafetensors(folder / "adapter_model.safetensors", stored);
}

TEST_P(Parity, TwentyStepsOfLowRankAdaptation) {
  const test::TemporaryFolder folder;
  writeInitialAdapter(golden, folder.path());
  const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, false});
  loadAdapter(*decoder, *openModel(folder.path()));
  const Json& facts = golden.facts["lora"];
  const auto steps = facts["steps"].get<std::size_t>();
  const TrainOptions options = trainOptionsOf(facts);
  OptimizerState state;
  Optimizer optimizer(trained(*decoder), options, steps, steps, state);
  for (std::size_t step = 0; step < steps; ++step) {
    const at::Tensor loss = meanLoss(*decoder, LossKind::kl);
    // Processors round sums in orders of their own, and each step carries that on: AVX-512 is
    // 2e-5 away from the golden run after twenty.
    const double tolerance = step < 10 ? 1e-5 : 5e-5;
    EXPECT_NEAR(loss.item<double>() / facts["loss_curve"][step].get<double>(), 1.0, tolerance)
        << step;
    loss.backward();
    optimizer.step();
  }
  const auto final = golden.startingWith("lora.final.base_model.model.");
  ASSERT_FALSE(final.empty());
  for (const auto& [name, tensor] : decoder->parameters()) {
    if (!tensor.requires_grad()) continue;
    EXPECT_LT(test::relativeDifference(tensor.detach(), final.at(name)), 1e-3) << name;
  }
}

TEST_P(FullTraining, FiveSteps) {
  const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, true});
  const Json& facts = golden.facts["full"];
  const auto steps = facts["steps"].get<std::size_t>();
  const TrainOptions options = trainOptionsOf(facts);
  OptimizerState state;
  Optimizer optimizer(trained(*decoder), options, steps, steps, state);
  for (std::size_t step = 0; step < steps; ++step) {
    meanLoss(*decoder, LossKind::kl).backward();
    optimizer.step();
  }
  const auto final = golden.startingWith("full.final.");
  for (const auto& [name, tensor] : decoder->parameters()) {
    EXPECT_LT(test::relativeDifference(tensor.detach(), final.at(name)), 1e-3) << name;
  }
}

TEST_P(PeftAdapter, GivesTheLogitsOfPeft) {
  const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, false});
  loadAdapter(*decoder, *openModel(golden.folder / "adapter"));
  const c10::NoGradGuard noGradients;
  for (const Forest& forest : forests()) {
    const at::Tensor logits = decoder->logits(decoder->answerStates(pack(forest)));
    for (std::size_t row = 0; row < forest.slots.size(); ++row) {
      const at::Tensor expected =
          golden.tensors.at("adapter.logits." + std::to_string(forest.slots[row].prompt))[-1];
      EXPECT_LT(test::greatestDifference(logits[static_cast<long>(row)], expected), 1e-4);
    }
  }
}

// An adapter survives being written and read.
TEST_P(Parity, AdapterRoundTrip) {
  const test::TemporaryFolder folder;
  const test::TemporaryFolder copy;
  writeInitialAdapter(golden, folder.path());
  const auto decoder = loadDecoder(*openModel(golden.folder), {Precision::float32, false});
  const AdapterConfig config = loadAdapter(*decoder, *openModel(folder.path()));
  saveAdapter(*decoder, config, copy.path());
  const auto again = loadDecoder(*openModel(golden.folder), {Precision::float32, false});
  EXPECT_EQ(loadAdapter(*again, *openModel(copy.path())), config);
  EXPECT_EQ(meanLoss(*decoder, LossKind::kl).item<double>(),
            meanLoss(*again, LossKind::kl).item<double>());
}

}  // namespace
}  // namespace canvass
