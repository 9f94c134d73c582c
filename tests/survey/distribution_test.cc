#include "survey/distribution.h"

#include <limits>

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;

TEST(Normalized, DividesByTheSum) {
  EXPECT_THAT(normalized({1.0, 0.0, 3.0}, "here"), ElementsAre(0.25, 0.0, 0.75));
}

TEST(Normalized, RefusesWhatIsNoDistribution) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(test::errorOf([] { normalized({0.0, 0.0}, "here"); }), "here: the shares sum to 0");
  for (const double share : {-0.1, infinity, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(test::errorOf([share] {
                normalized({1.0, share}, "here");
              }),
              "here: a share is negative or not a number");
  }
}

TEST(UniformDistribution, GivesEachOptionTheSame) {
  EXPECT_THAT(uniformDistribution(4), ElementsAre(0.25, 0.25, 0.25, 0.25));
}

}  // namespace
}  // namespace canvass
