#include "import/published/shares.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

TEST(ShareScale, GoesByTheMajorityOfTheSums) {
  EXPECT_EQ(detectShareScale({1.0, 0.998, 100.0}), ShareScale::proportions);
  EXPECT_EQ(detectShareScale({100.0, 99.97, 1.0}), ShareScale::percentages);
  EXPECT_EQ(detectShareScale({0.0, 0.0, 0.0, 1.07}), ShareScale::proportions);
  EXPECT_EQ(detectShareScale({0.0}), ShareScale::percentages);
}

TEST(ToDistribution, LeavesSharesAsTheyAreWhereTheySumToOne) {
  const std::vector<double> shares{0.6, 0.3, 0.1};  // their sum as doubles is below 1
  EXPECT_EQ(toDistribution(shares, ShareScale::proportions), shares);
}

TEST(ToDistribution, AcceptsWhatRoundingExplainsAndNoMore) {
  const auto scale = ShareScale::percentages;
  EXPECT_NO_THROW(toDistribution({33.0, 33.0, 33.0}, scale));
  EXPECT_NO_THROW(toDistribution({50.5, 49.6}, scale));
  EXPECT_THAT(test::errorOf([&] {
                toDistribution({50.5, 49.7}, scale);
              }),
              HasSubstr("sum to 100.2; the percentages of this file sum to 100 within 0.1"));
  EXPECT_THAT(test::errorOf([] {
                toDistribution({1.0, 1.0}, ShareScale::proportions);
              }),
              HasSubstr("sum to 2; the proportions of this file sum to 1 within 0.01"));
}

}  // namespace
}  // namespace canvass
