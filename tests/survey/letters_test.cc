#include "survey/letters.h"

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(Letters, LabelOptionsFromAToZ) {
  EXPECT_EQ(letterLabel(0), "A");
  EXPECT_EQ(letterLabel(1), "B");
  EXPECT_EQ(letterLabel(maxLetters - 1), "Z");
  EXPECT_THAT(test::errorOf([] { letterLabel(maxLetters); }),
              ::testing::HasSubstr("no letter for option 27"));
}

}  // namespace
}  // namespace canvass
