#include "engine/forest/forest_plan.h"

#include <algorithm>
#include <set>

#include "base/random.h"
#include "engine/token_sequences.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::atTheirEnds;
using test::promptsOf;
using test::Sequence;

// `trees` beginnings of 60 tokens with `leaves` endings of `ending` tokens each, shuffled.
std::vector<Sequence> branchingPrompts(int trees, int leaves, int ending) {
  std::vector<Sequence> prompts;
  for (int tree = 0; tree < trees; ++tree) {
    for (int leaf = 0; leaf < leaves; ++leaf) {
      Sequence prompt(60, tree + 1);
      prompt.push_back(100 + leaf);
      prompt.resize(static_cast<std::size_t>(60 + ending), 7);
      prompts.push_back(prompt);
    }
  }
  RandomStream random(5, "prompts");
  random.shuffle(prompts);
  return prompts;
}

struct Case {
  const char* name;
  int trees, leaves, ending;
  std::size_t budget;
  int threads;
  std::size_t workers;  // expected
  int threadsEach;
};

class Plan : public ::testing::TestWithParam<Case> {};

INSTANTIATE_TEST_SUITE_P(Cases, Plan,
                         ::testing::Values(Case{"one_thread", 10, 5, 30, 512, 1, 1, 1},
                                           Case{"two", 10, 20, 5, 2048, 2, 2, 1},
                                           Case{"two_small_budget", 10, 20, 30, 512, 2, 2, 1},
                                           Case{"many_rounds", 40, 20, 30, 256, 2, 2, 1},
                                           Case{"too_little_for_two", 1, 3, 20, 2048, 2, 1, 2},
                                           Case{"many_processors", 200, 20, 30, 1024, 96, 16, 6},
                                           Case{"many_processors_little_work", 8, 20, 5, 1024, 96,
                                                6, 16}),
                         [](const auto& named) { return std::string(named.param.name); });

TEST_P(Plan, EveryPromptIsInOneForestAndWorkersEndTogether) {
  const Case& wanted = GetParam();
  const auto prompts = branchingPrompts(wanted.trees, wanted.leaves, wanted.ending);
  const ForestOptions options{wanted.budget, 4};
  const ForestPlan plan = planForests(atTheirEnds(prompts), options, wanted.threads);
  EXPECT_EQ(plan.workers.workers, wanted.workers);
  EXPECT_EQ(plan.workers.threadsEach, wanted.threadsEach);
  std::multiset<std::size_t> seen;
  for (const Forest& forest : plan.forests) {
    for (const std::size_t prompt : promptsOf(forest)) seen.insert(prompt);
    EXPECT_LE(forest.tokens.size(), wanted.budget);
  }
  ASSERT_EQ(seen.size(), prompts.size());
  EXPECT_EQ(std::set(seen.begin(), seen.end()).size(), prompts.size());
  // Workers take the forests in turn.
  std::vector<std::size_t> tokens(wanted.workers, 0);
  for (std::size_t i = 0; i < plan.forests.size(); ++i) {
    tokens[i % wanted.workers] += plan.forests[i].tokens.size();
  }
  const double ideal =
      static_cast<double>(tokenCount(buildForests(atTheirEnds(prompts), options))) /
      static_cast<double>(wanted.workers);
  EXPECT_LT(static_cast<double>(*std::ranges::max_element(tokens)), 1.1 * ideal + 100.0);
}

TEST(PlanOfNothing, NothingToDoIsNoForest) { EXPECT_TRUE(planForests({}, {}, 4).forests.empty()); }

}  // namespace
}  // namespace canvass
