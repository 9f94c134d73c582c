// Several answers in one prompt: each is what the same tokens answer where nothing else is asked.
#include <algorithm>
#include <cmath>

#include "engine/scoring/scorer.h"
#include "engine/small_world.h"
#include "engine/training/first_token_training.h"

namespace canvass {
namespace {

using test::Weights;
using test::weightsOf;

class AnswerSlots : public ::testing::Test {
 protected:
  AnswerSlots() {
    const auto single = encodeItems(loaded, survey, findTemplate("question-first"));
    for (std::size_t item = 0; item < single.size(); item += 2) {
      batteries.push_back(oneAfterTheOther(single[item], single[item + 1]));
      alone.push_back(single[item]);
      alone.push_back({batteries.back().tokens, {batteries.back().slots[1]}});
    }
    setThreads(1);
  }
  void TearDown() override { setThreads(0); }

  // The second prompt behind the first, which was answered by its first option.
  static EncodedPrompt oneAfterTheOther(const EncodedPrompt& first, const EncodedPrompt& second) {
    EncodedPrompt both = first;
    both.tokens.push_back(first.slots[0].labels[0]);
    both.tokens.insert(both.tokens.end(), second.tokens.begin(), second.tokens.end());
    both.slots.push_back(second.slots[0]);
    both.slots[1].position = both.tokens.size() - 1;
    return both;
  }

  // The logits of every item of the survey.
  std::vector<std::vector<double>> logitsOf(const std::vector<EncodedPrompt>& prompts,
                                            const ForestOptions& options) {
    const SurveyIndex index(survey);
    std::vector<std::vector<double>> logits(survey.items.size());
    const auto sink = [&](const std::vector<Prediction>& answered) {
      for (const Prediction& one : answered) {
        const auto item =
            index.item(*index.question(one.question), *index.population(one.population));
        EXPECT_TRUE(logits[*item].empty()) << "answered twice";
        logits[*item] = one.logits;
      }
    };
    work = answerPrompts(sink, loaded, survey, prompts, options, noProgress());
    return logits;
  }

  AlignmentItems itemsOf(const std::vector<EncodedPrompt>& prompts) const {
    AlignmentItems items;
    items.prompts = prompts;
    for (const Item& item : survey.items) items.observed.push_back(*item.observed);
    for (const EncodedPrompt& prompt : prompts) {
      items.groups.push_back(survey.items[prompt.slots[0].item].question);
    }
    return items;
  }

  const Survey survey = test::smallSurvey();
  const test::SmallModel folder{survey, 8.0};
  const LanguageModel loaded = folder.load();
  std::vector<EncodedPrompt> batteries;  // two items each
  std::vector<EncodedPrompt> alone;      // the same tokens up to each answer, one item each
  ScoringWork work;
};

TEST_F(AnswerSlots, GiveTheLogitsOfPromptsAskedAlone) {
  const auto expected = logitsOf(alone, {100000, 1});
  const std::size_t tokens = work.computedTokens;
  EXPECT_EQ(logitsOf(batteries, {100000, 1}), expected);
  EXPECT_EQ(work.computedTokens, tokens);
  EXPECT_EQ(work.items, survey.items.size());
  EXPECT_EQ(work.headRows, survey.items.size());
}

TEST_F(AnswerSlots, AnswerAlikeHoweverPromptsAreLaidOut) {
  const auto expected = logitsOf(alone, {1, 1000});  // each prompt by itself
  for (const ForestOptions options :
       {ForestOptions{1, 1000}, ForestOptions{300, 4}, ForestOptions{100000, 1}}) {
    const auto logits = logitsOf(batteries, options);
    for (std::size_t item = 0; item < expected.size(); ++item) {
      ASSERT_EQ(logits[item].size(), expected[item].size());
      for (std::size_t k = 0; k < expected[item].size(); ++k) {
        EXPECT_NEAR(logits[item][k], expected[item][k], 1e-4);
      }
    }
  }
}

TEST_F(AnswerSlots, LearnAsPromptsAskedAloneDo) {
  TrainOptions options;
  options.epochs = 3;
  options.learningRate = 1e-4;
  options.batchSize = alone.size();  // everything in one batch
  options.forest = {100000, 1};
  std::vector<Weights> weights;
  std::vector<TrainResult> results;
  for (const auto* prompts : {&alone, &batteries}) {
    LanguageModel model = folder.load(true);
    results.push_back(train(model, itemsOf(*prompts), itemsOf(*prompts), options, noProgress()));
    weights.push_back(weightsOf(model));
  }
  EXPECT_EQ(test::difference(weights[0], weights[1]), 0.0);
  for (std::size_t epoch = 0; epoch < options.epochs; ++epoch) {
    EXPECT_EQ(results[0].history[epoch].trainLoss, results[1].history[epoch].trainLoss);
    EXPECT_EQ(results[0].history[epoch].validLoss, results[1].history[epoch].validLoss);
    EXPECT_EQ(results[0].history[epoch].validSimilarity, results[1].history[epoch].validSimilarity);
  }
  EXPECT_LT(results[1].history.back().trainLoss, results[1].history.front().trainLoss);
  EXPECT_EQ(results[0].trainedItems, survey.items.size());
  EXPECT_EQ(results[1].trainedItems, survey.items.size());
}

// A prompt is never split between batches.
TEST_F(AnswerSlots, AreLearnedTogether) {
  TrainOptions options;
  options.epochs = 1;
  options.batchSize = 3;
  LanguageModel model = folder.load(true);
  const TrainResult result = train(model, itemsOf(batteries), {}, options, noProgress());
  EXPECT_EQ(result.history.back().updates, 4U);  // ten prompts by three
  EXPECT_FALSE(result.history.back().validLoss);
}

}  // namespace
}  // namespace canvass
