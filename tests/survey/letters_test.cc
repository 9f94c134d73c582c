#include "survey/letters.h"

#include "support/test_support.h"

namespace canvass {
namespace {

TEST(Letters, LabelOptionsFromAToZAndOn) {
  EXPECT_EQ(letterLabel(0), "A");
  EXPECT_EQ(letterLabel(1), "B");
  EXPECT_EQ(letterLabel(25), "Z");
  EXPECT_EQ(letterLabel(26), "AA");
  EXPECT_EQ(letterLabel(51), "AZ");
  EXPECT_EQ(letterLabel(52), "BA");
  EXPECT_EQ(letterLabel(maxOptions - 1), "GR");
  EXPECT_THAT(test::errorOf([] { letterLabel(maxOptions); }),
              ::testing::HasSubstr("option 201 is one too many: there can be 200"));
}

}  // namespace
}  // namespace canvass
