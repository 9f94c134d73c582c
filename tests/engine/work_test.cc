// What is computed and held, counted: a change that makes the engine do more than it must fails
// here, on any machine and at any load.
#include <algorithm>
#include <set>

#include "engine/scoring/encoded_prompt.h"
#include "engine/scoring/scorer.h"
#include "engine/small_world.h"
#include "engine/training/fine_tuning.h"
#include "engine/training/first_token_training.h"
#include "model/decoder.h"
#include "model_files/decoder_layout.h"

namespace canvass {
namespace {

class Work : public ::testing::Test {
 protected:
  void TearDown() override { setThreads(0); }

  ScoringWork score(const std::string& templateName, std::size_t budget = 100000) const {
    setThreads(1);
    Progress progress;
    return predictInto([](const auto&) {}, model, survey, {findTemplate(templateName), {budget, 1}},
                       progress);
  }
  // Tokens of all different beginnings of the survey's prompts: what a forest can come down to.
  std::size_t differentBeginnings(const std::string& templateName) const {
    std::set<std::vector<TokenId>> beginnings;
    for (const EncodedPrompt& prompt : encodeItems(model, survey, findTemplate(templateName))) {
      for (std::size_t length = 1; length <= prompt.tokens.size(); ++length) {
        beginnings.emplace(prompt.tokens.begin(),
                           prompt.tokens.begin() + static_cast<std::ptrdiff_t>(length));
      }
    }
    return beginnings.size();
  }
  std::size_t linearElements() const {
    std::size_t elements = 0;
    for (const NamedLinear* linear : model.decoder->linears()) {
      elements += static_cast<std::size_t>(linear->spec.inputs * linear->spec.outputs);
    }
    return elements;
  }

  const Survey survey = test::smallSurvey();
  const test::SmallModel folder;
  LanguageModel model = folder.load();
};

TEST_F(Work, EveryDifferentBeginningIsComputedOnce) {
  for (const char* templateName : {"paper", "question-first"}) {
    const ScoringWork work = score(templateName);
    EXPECT_EQ(work.computedTokens, differentBeginnings(templateName)) << templateName;
    EXPECT_EQ(work.distinctTokens, work.computedTokens);
    EXPECT_EQ(work.forests, 1U);
    EXPECT_LT(work.computedTokens, work.promptTokens);
  }
}

TEST_F(Work, SmallerForestsMissSomeOfTheSharing) {
  const ScoringWork work = score("question-first", 64);
  EXPECT_GT(work.forests, 1U);
  EXPECT_EQ(work.distinctTokens, differentBeginnings("question-first"));
  EXPECT_GT(work.computedTokens, work.distinctTokens);
}

// What one more population of a question costs: the tokens that come after the question.
TEST_F(Work, AnotherPopulationCostsItsOwnNewTokens) {
  const auto prompts = encodeItems(model, survey, findTemplate("question-first"));
  const std::size_t whole = score("question-first").computedTokens;
  Survey without = survey;
  const Item last = without.items.back();
  without.items.pop_back();
  std::size_t longestShared = 0;
  for (std::size_t i = 0; i + 1 < prompts.size(); ++i) {
    const auto stop = std::mismatch(prompts[i].tokens.begin(), prompts[i].tokens.end(),
                                    prompts.back().tokens.begin(), prompts.back().tokens.end());
    longestShared =
        std::max(longestShared, static_cast<std::size_t>(stop.first - prompts[i].tokens.begin()));
  }
  Progress progress;
  const ScoringWork fewer = predictInto([](const auto&) {}, model, without,
                                        {findTemplate("question-first"), {100000, 1}}, progress);
  EXPECT_EQ(whole - fewer.computedTokens, prompts.back().tokens.size() - longestShared);
}

TEST_F(Work, OnlyAnswersGoThroughTheHead) {
  EXPECT_EQ(score("paper").headRows, survey.items.size());
  EXPECT_EQ(score("paper", 64).headRows, survey.items.size());
}

TEST_F(Work, LayersMultiplyTheirRowsOnceAndTheLastOnlyAnswers) {
  const ScoringWork work = score("question-first");
  const DecoderConfig& config = model.decoder->config();
  const auto perLayer =
      static_cast<double>(linearElements()) / static_cast<double>(config.layers.size());
  const auto head = static_cast<double>(config.vocabularySize * config.hiddenSize);
  const auto rows = [](std::size_t count, std::size_t step) {
    return static_cast<double>((count + step - 1) / step * step);
  };
  const double most =
      2.0 * (rows(work.computedTokens, 32) * perLayer * static_cast<double>(config.layers.size()) +
             static_cast<double>(work.headRows) * head);
  const double least = most - 2.0 * rows(work.computedTokens, 32) * perLayer;
  EXPECT_LT(work.operations.productOperations, most);
  EXPECT_GT(work.operations.productOperations, least);
}

TEST_F(Work, WeightsAreHeldOnceAndInTrainingOnceForEachDirection) {
  score("paper");
  const std::size_t bytes = sizeof(float) * linearElements();
  const DecoderConfig& config = model.decoder->config();
  const auto head =
      sizeof(float) * static_cast<std::size_t>(config.vocabularySize * config.hiddenSize);
  // Packing pads to whole blocks.
  const auto about = [](std::size_t count) { return static_cast<double>(count) * 1.25; };
  EXPECT_GE(model.decoder->productBytes(), bytes + head);
  EXPECT_LE(static_cast<double>(model.decoder->productBytes()), about(bytes + head));

  ModelOptions base;
  base.model = openModel(folder.folder());
  base.precision = PrecisionChoice::float32;
  AdapterConfig adapter;
  adapter.rank = 2;
  adapter.alpha = 4.0;
  adapter.targets = {"q_proj"};
  LanguageModel adapted = loadForFineTuning(base, {adapter}, 1);
  TrainOptions options{.asking = findTemplate("paper")};
  options.epochs = 1;
  Progress progress;
  train(adapted, survey, nullptr, options, progress);
  EXPECT_GT(adapted.decoder->productBytes(), bytes);
  EXPECT_LE(static_cast<double>(adapted.decoder->productBytes()), about(2 * bytes));
}

}  // namespace
}  // namespace canvass
