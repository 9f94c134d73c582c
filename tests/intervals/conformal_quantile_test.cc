#include "intervals/conformal_quantile.h"

#include <cmath>

#include "support/test_support.h"

namespace canvass {
namespace {

std::vector<GroupedScore> eachAlone(std::size_t count) {
  std::vector<GroupedScore> scores;
  for (std::size_t i = count; i > 0; --i) {
    scores.push_back({static_cast<double>(i), std::to_string(i)});
  }
  return scores;
}

// Of n scores the ceil((n + 1) level)-th smallest.
TEST(ConformalQuantile, IsThatOfSplitConformalPredictionWhereEachIsAlone) {
  for (const auto& [count, level, rank] :
       {std::tuple(9u, 0.9, 9.0), std::tuple(10u, 0.9, 10.0), std::tuple(19u, 0.9, 18.0),
        std::tuple(99u, 0.9, 90.0), std::tuple(100u, 0.9, 91.0), std::tuple(4u, 0.8, 4.0)}) {
    EXPECT_EQ(conformalQuantile(eachAlone(count), level), rank) << count << " " << level;
  }
}

TEST(ConformalQuantile, IsInfiniteWithFewGroups) {
  EXPECT_TRUE(std::isinf(conformalQuantile(eachAlone(8), 0.9)));
  EXPECT_EQ(fewestGroups(0.9), 9u);
  EXPECT_EQ(fewestGroups(0.8), 4u);
  EXPECT_EQ(fewestGroups(0.95), 19u);
  EXPECT_EQ(fewestGroups(0.5), 1u);
}

// Four groups: each counts a fifth, however many scores it has, and so does the new one.
TEST(ConformalQuantile, CountsGroupsNotScores) {
  std::vector<GroupedScore> scores{{4, "a"}, {3, "b"}, {2, "c"}};
  for (int i = 0; i < 100; ++i) scores.push_back({1, "many"});
  EXPECT_EQ(conformalQuantile(scores, 0.2), 1);
  EXPECT_EQ(conformalQuantile(scores, 0.21), 2);
  EXPECT_EQ(conformalQuantile(scores, 0.6), 3);
  EXPECT_EQ(conformalQuantile(scores, 0.8), 4);
  EXPECT_TRUE(std::isinf(conformalQuantile(scores, 0.81)));
}

}  // namespace
}  // namespace canvass
