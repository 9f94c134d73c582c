#include "base/random.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "support/test_support.h"

namespace canvass {
namespace {

struct Golden {
  std::uint64_t seed;
  const char* name;
  std::uint64_t first, second, thousandAfter;
};

// From an implementation in Python of FNV-1a, of seed_seq and of MT19937-64, written from the C++
// standard's text.
const Golden golden[] = {
    {0u, "", 9656895916246812124u, 15178241784378154613u, 2528052836768034998u},
    {1u, "split cells", 12350863951138625443u, 5311492949907378054u, 12462893898359199052u},
    {9223372036854775813u, "dropout", 14352164475599065186u, 2881336259395274659u,
     4736811701454892923u},
};

TEST(RandomStream, IsTheSameOnEveryMachine) {
  for (const auto& [seed, name, first, second, thousandAfter] : golden) {
    RandomStream stream(seed, name);
    EXPECT_EQ(stream.bits(), first) << name;
    EXPECT_EQ(stream.bits(), second) << name;
    for (int i = 0; i < 999; ++i) stream.bits();
    EXPECT_EQ(stream.bits(), thousandAfter) << name;
  }
}

TEST(RandomStream, DiffersBySeedAndByName) {
  const std::uint64_t bits = RandomStream(1, "a").bits();
  EXPECT_NE(RandomStream(2, "a").bits(), bits);
  EXPECT_NE(RandomStream(1, "b").bits(), bits);
  EXPECT_NE(RandomStream(1ULL << 32, "a").bits(), RandomStream(0, "a").bits());
}

TEST(RandomStream, GoesOnFromItsState) {
  RandomStream stream(3, "state");
  for (int i = 0; i < 1000; ++i) stream.bits();
  RandomStream later = RandomStream::fromState(stream.state(), "here");
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(later.bits(), stream.bits());
  EXPECT_THAT(test::errorOf([] { RandomStream::fromState("12 x", "state.json"); }),
              ::testing::HasSubstr("state.json: not a random stream's state"));
}

TEST(RandomStream, UniformFillsTheUnitInterval) {
  RandomStream stream(1, "uniform");
  constexpr int draws = 100000;
  double sum = 0.0, least = 1.0, most = 0.0;
  for (int i = 0; i < draws; ++i) {
    const double value = stream.uniform();
    ASSERT_TRUE(value >= 0.0 && value < 1.0);
    sum += value;
    least = std::min(least, value);
    most = std::max(most, value);
  }
  EXPECT_NEAR(sum / draws, 0.5, 5.0 / std::sqrt(12.0 * draws));
  EXPECT_LT(least, 1e-3);
  EXPECT_GT(most, 1.0 - 1e-3);
}

TEST(RandomStream, BelowDrawsEveryValueAlike) {
  RandomStream stream(1, "below");
  constexpr int draws = 70000;
  std::map<std::uint64_t, int> counts;
  for (int i = 0; i < draws; ++i) ++counts[stream.below(7)];
  ASSERT_EQ(counts.size(), 7u);
  EXPECT_EQ(counts.rbegin()->first, 6u);
  for (const auto& [value, count] : counts) EXPECT_NEAR(count, 10000, 500) << value;
  EXPECT_EQ(stream.below(1), 0u);
}

// With this bound a bare remainder would draw the lower half twice as often as the upper one.
TEST(RandomStream, BelowHasNoBiasTowardsSmallValues) {
  RandomStream stream(1, "bias");
  const std::uint64_t bound = 3ULL << 62;
  int lower = 0;
  for (int i = 0; i < 30000; ++i) lower += stream.below(bound) < (1ULL << 62);
  EXPECT_NEAR(lower, 10000, 500);
}

TEST(RandomStream, NormalHasItsMoments) {
  RandomStream stream(1, "normal");
  constexpr int draws = 100000;
  double sum = 0.0, squares = 0.0;
  int withinOne = 0;
  for (int i = 0; i < draws; ++i) {
    const double value = stream.normal();
    sum += value;
    squares += value * value;
    withinOne += std::abs(value) < 1.0;
  }
  EXPECT_NEAR(sum / draws, 0.0, 0.02);
  EXPECT_NEAR(squares / draws, 1.0, 0.03);
  EXPECT_NEAR(static_cast<double>(withinOne) / draws, std::erf(1.0 / std::sqrt(2.0)), 0.01);
}

TEST(RandomStream, ShuffleDrawsEveryOrderAlike) {
  RandomStream stream(1, "shuffle");
  std::map<std::vector<int>, int> orders;
  for (int i = 0; i < 24000; ++i) {
    std::vector<int> values{1, 2, 3, 4};
    stream.shuffle(values);
    ++orders[values];
  }
  ASSERT_EQ(orders.size(), 24u);
  for (const auto& [order, count] : orders) EXPECT_NEAR(count, 1000, 160);
}

}  // namespace
}  // namespace canvass
