#include "engine/forest/forest.h"

#include <set>

#include "base/random.h"
#include "engine/token_sequences.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::atTheirEnds;
using test::promptsOf;
using test::Sequence;

// The prompt that a row ends, read from its root.
Sequence promptAt(const Forest& forest, std::int32_t row) {
  Sequence tokens;
  for (; row >= 0; row = forest.parents[static_cast<std::size_t>(row)]) {
    tokens.insert(tokens.begin(), forest.tokens[static_cast<std::size_t>(row)]);
  }
  return tokens;
}

TEST(Forest, SharesAPrefixOnce) {
  const std::vector<Sequence> prompts = {{1, 2, 3, 7}, {1, 2, 3, 8, 9}, {1, 2, 3}, {5, 6}};
  const auto forests = buildForests(atTheirEnds(prompts), {100, 2});
  ASSERT_EQ(forests.size(), 1U);
  const Forest& forest = forests.front();
  EXPECT_EQ(forest.tokens, (Sequence{1, 2, 3, 7, 8, 9, 5, 6}));
  EXPECT_EQ(forest.positions, (std::vector<std::int32_t>{0, 1, 2, 3, 3, 4, 0, 1}));
  EXPECT_EQ(forest.parents, (std::vector<std::int32_t>{-1, 0, 1, 2, 2, 4, -1, 6}));
  EXPECT_EQ(forest.answerRows, (std::vector<std::int32_t>{2, 3, 5, 7}));
  EXPECT_EQ(promptsOf(forest), (std::vector<std::size_t>{2, 0, 1, 3}));
  ASSERT_EQ(forest.trees.size(), 2U);
  EXPECT_EQ(forest.trees[1].first, 6U);
  EXPECT_EQ(forest.trees[1].count, 2U);
}

TEST(Forest, ShortCommonPrefixesAreNotShared) {
  const std::vector<Sequence> prompts = {{1, 2, 3}, {1, 4, 5}};
  EXPECT_EQ(buildForests(atTheirEnds(prompts), {100, 2}).front().trees.size(), 2U);
  EXPECT_EQ(buildForests(atTheirEnds(prompts), {100, 1}).front().trees.size(), 1U);
}

TEST(Forest, EqualPromptsShareTheirAnswerRow) {
  const std::vector<Sequence> prompts = {{1, 2}, {1, 2}};
  const Forest forest = buildForests(atTheirEnds(prompts), {100, 24}).front();
  EXPECT_EQ(forest.tokens.size(), 2U);
  EXPECT_EQ(forest.answerRows, (std::vector<std::int32_t>{1, 1}));
}

// Slots may stand anywhere in a prompt, also in what it shares with others.
TEST(Forest, AnswersWhereAPromptSaysAndInTheOrderOfRows) {
  const Sequence first = {1, 2, 3, 7}, second = {1, 2, 3, 8, 9};
  const Forest forest = buildForests({{&first, {0, 3}}, {&second, {1, 2, 4}}}, {100, 1}).front();
  EXPECT_EQ(forest.tokens, (Sequence{1, 2, 3, 7, 8, 9}));
  EXPECT_EQ(forest.answerRows, (std::vector<std::int32_t>{0, 1, 2, 3, 5}));
  EXPECT_EQ(forest.slots, (std::vector<PromptSlot>{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {1, 2}}));
}

TEST(Forest, ALongPromptGetsABatchOfItsOwn) {
  const std::vector<Sequence> prompts = {Sequence(50, 3), {1, 2}, {4, 5}};
  const auto forests = buildForests(atTheirEnds(prompts), {10, 1});
  ASSERT_EQ(forests.size(), 3U);
  EXPECT_EQ(promptsOf(forests[1]), (std::vector<std::size_t>{0}));
}

TEST(Forest, IsCutWhereLeastIsShared) {
  // Two questions of four populations: 9 tokens each if shared whole.
  std::vector<Sequence> prompts;
  for (const TokenId question : {1, 2}) {
    for (TokenId population = 10; population < 14; ++population) {
      prompts.push_back({9, question, question, question, question, population});
    }
  }
  const auto forests = buildForests(atTheirEnds(prompts), {13, 1});
  ASSERT_EQ(forests.size(), 2U);
  EXPECT_EQ(forests[0].tokens.size(), 9U);
  EXPECT_EQ(forests[1].tokens.size(), 9U);
}

// Tokens computed if each forest is filled before the next one begins.
std::size_t tokensIfFilledInTurn(std::vector<Sequence> prompts, const ForestOptions& options) {
  std::sort(prompts.begin(), prompts.end());
  std::size_t total = 0, forest = 0;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    std::size_t shared = 0;
    if (i > 0) {
      const auto stop = std::mismatch(prompts[i - 1].begin(), prompts[i - 1].end(),
                                      prompts[i].begin(), prompts[i].end());
      shared = static_cast<std::size_t>(stop.first - prompts[i - 1].begin());
      if (shared < options.minimumSharedPrefix && shared < prompts[i].size()) shared = 0;
    }
    const bool fits = forest + prompts[i].size() - shared <= options.tokenBudget;
    if (!fits || forest == 0) shared = 0;
    forest = fits ? forest + prompts[i].size() - shared : prompts[i].size();
    total += prompts[i].size() - shared;
  }
  return total;
}

// Whatever the prompts, budget and sharing: each prompt is answered once, by its own tokens.
TEST(Forest, EveryPromptComesBack) {
  RandomStream random(7, "forest test");
  for (int round = 0; round < 50; ++round) {
    std::vector<Sequence> prompts(1 + random.below(30));
    for (Sequence& prompt : prompts) {
      prompt.resize(1 + random.below(12));
      for (TokenId& token : prompt) token = static_cast<TokenId>(random.below(3));
    }
    const ForestOptions options{1 + random.below(40), 1 + random.below(6)};
    std::set<std::size_t> answered;
    const std::vector<ForestPrompt> asked = atTheirEnds(prompts);
    const std::vector<Forest> forests = buildForests(asked, options);
    EXPECT_GE(tokenCount(forests), OrderedPrompts(asked, 1).distinctTokens());
    EXPECT_LE(tokenCount(forests), tokensIfFilledInTurn(prompts, options));
    for (const Forest& forest : forests) {
      EXPECT_TRUE(std::is_sorted(forest.answerRows.begin(), forest.answerRows.end()));
      EXPECT_TRUE(forest.tokens.size() <= options.tokenBudget || forest.slots.size() == 1U);
      for (std::size_t i = 0; i < forest.slots.size(); ++i) {
        EXPECT_TRUE(answered.insert(forest.slots[i].prompt).second);
        EXPECT_EQ(promptAt(forest, forest.answerRows[i]), prompts[forest.slots[i].prompt]);
      }
    }
    EXPECT_EQ(answered.size(), prompts.size());
  }
}

}  // namespace
}  // namespace canvass
