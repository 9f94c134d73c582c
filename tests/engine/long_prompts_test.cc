// Forests of long prompts (few-shot: thousands of tokens) that differ late, early or by one token:
// each is answered as if it were alone.
#include <ATen/ATen.h>
#include <c10/core/GradMode.h>

#include "base/random.h"
#include "engine/forest/pack.h"
#include "engine/token_sequences.h"
#include "model/initialize.h"
#include "model/load.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::atTheirEnds;
using test::Sequence;

constexpr std::int64_t vocabulary = 50;

class LongPrompts : public ::testing::Test {
 protected:
  LongPrompts() {
    DecoderConfig config;
    config.architecture = "LlamaForCausalLM";
    config.vocabularySize = vocabulary;
    config.hiddenSize = 32;
    config.maxPositions = 8192;
    LayerConfig layer;
    layer.intermediateSize = 48;
    layer.headCount = 4;
    layer.keyValueHeadCount = 2;
    layer.headSize = layer.rotary.size = 8;
    layer.attentionScale = usualAttentionScale(8);
    layer.rotary.theta = 10000.0;
    config.norm = layer.norm = {NormKind::rms, 1e-6};
    config.layers = {layer, layer, layer};
    initializeDecoder(config, 1, folder.path());
    decoder = loadDecoder(*openModel(folder.path()), {});
  }

  Sequence randomTokens(std::size_t count) {
    Sequence tokens;
    for (std::size_t i = 0; i < count; ++i) {
      tokens.push_back(static_cast<TokenId>(random.below(vocabulary)));
    }
    return tokens;
  }

  at::Tensor answers(const std::vector<Sequence>& prompts, const ForestOptions& options) const {
    const c10::NoGradGuard noGradients;
    std::vector<at::Tensor> rows(prompts.size());
    for (const Forest& forest : buildForests(atTheirEnds(prompts), options)) {
      const at::Tensor logits = decoder->logits(decoder->answerStates(pack(forest)));
      for (std::size_t row = 0; row < forest.slots.size(); ++row) {
        rows[forest.slots[row].prompt] = logits[static_cast<std::int64_t>(row)];
      }
    }
    return at::stack(rows);
  }

  // Together, in forests of any size, they are answered as each alone.
  void expectAnswersAsAlone(const std::vector<Sequence>& prompts) const {
    const at::Tensor alone = answers(prompts, {1, 100000});
    for (const std::size_t budget : {1000, 6000, 100000}) {
      const at::Tensor together = answers(prompts, {budget, 1});
      EXPECT_LT((together - alone).abs().max().item<double>(), 1e-5) << "budget " << budget;
    }
    EXPECT_GT(alone.std(0).max().item<double>(), 1e-4);  // they are not all answered alike
  }

  test::TemporaryFolder folder;
  std::unique_ptr<Decoder> decoder;
  RandomStream random{2, "long prompts"};
};

TEST_F(LongPrompts, ThatDifferInTheirEnds) {
  const Sequence evidence = randomTokens(3000);
  std::vector<Sequence> prompts;
  for (const std::size_t ending : {1, 7, 40, 300}) {
    prompts.push_back(evidence);
    const Sequence own = randomTokens(ending);
    prompts.back().insert(prompts.back().end(), own.begin(), own.end());
  }
  prompts.push_back(evidence);  // the beginning of all others is a prompt too
  expectAnswersAsAlone(prompts);
}

TEST_F(LongPrompts, ThatDifferInOneToken) {
  const Sequence whole = randomTokens(2500);
  std::vector<Sequence> prompts = {whole};
  for (const std::size_t place : {0, 1, 1200, 2498, 2499}) {
    prompts.push_back(whole);
    prompts.back()[place] = (whole[place] + 1) % vocabulary;
  }
  expectAnswersAsAlone(prompts);
}

TEST_F(LongPrompts, AmongShortOnes) {
  std::vector<Sequence> prompts = {randomTokens(4000), randomTokens(1), randomTokens(2)};
  prompts.push_back(prompts.front());
  prompts.back().resize(1500);
  expectAnswersAsAlone(prompts);
}

}  // namespace
}  // namespace canvass
