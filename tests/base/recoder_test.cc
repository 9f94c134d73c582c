#include "base/recoder.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

TEST(Recoder, MakesUtf8OfOlderEncodings) {
  EXPECT_EQ(Recoder("windows-1252")
                .toUtf8("\x80 stra\xDF"
                        "e",
                        {}),
            "€ straße");
  EXPECT_EQ(Recoder("iso-8859-2").toUtf8("\xB3", {}), "ł");
  Recoder japanese("shift_jis");
  EXPECT_EQ(japanese.toUtf8("\x93\xFA\x96\x7B", {}), "日本");
  EXPECT_EQ(japanese.toUtf8("", {}), "");
}

TEST(Recoder, NamesWhatItCannotRead) {
  Recoder japanese("shift_jis");
  EXPECT_THAT(test::errorOf([&] { japanese.toUtf8("ab\x93", "a.csv:3"); }),
              HasSubstr("a.csv:3: the text is not shift_jis at byte 2; name the encoding"));
  EXPECT_EQ(japanese.toUtf8("\x93\xFA", {}), "日");  // a fault leaves nothing behind
  EXPECT_THAT(test::errorOf([] { Recoder("windows-1"); }),
              HasSubstr("there is no encoding \"windows-1\"; write a name such as"));
}

}  // namespace
}  // namespace canvass
