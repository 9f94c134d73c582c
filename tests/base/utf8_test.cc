#include "base/utf8.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;

struct Text {
  std::string bytes;
  std::optional<std::size_t> firstBad;
};

// The boundaries of every well-formed range (Unicode 15, table 3-7) and what lies just past them.
TEST(FindInvalidUtf8, KnowsTheWellFormedRanges) {
  const Text texts[] = {
      {"", {}},
      {std::string("a\0b", 3), {}},
      {"\x7F", {}},
      {"\xC2\x80", {}},
      {"\xDF\xBF", {}},
      {"\xE0\xA0\x80", {}},
      {"\xED\x9F\xBF", {}},
      {"\xEE\x80\x80", {}},
      {"\xEF\xBF\xBF", {}},  // U+FFFF is no character, but well formed
      {"\xF0\x90\x80\x80", {}},
      {"\xF4\x8F\xBF\xBF", {}},
      {"a\x80", 1},             // a continuation byte by itself
      {"ab\xC0\x80", 2},        // overlong NUL
      {"\xC1\xBF", 0},          // overlong
      {"\xE0\x9F\xBF", 0},      // overlong
      {"\xF0\x8F\xBF\xBF", 0},  // overlong
      {"x\xED\xA0\x80", 1},     // surrogate
      {"\xED\xBF\xBF", 0},      // surrogate
      {"\xF4\x90\x80\x80", 0},  // past U+10FFFF
      {"\xF5\x80\x80\x80", 0},
      {"\xFF", 0},
      {"ok\xE2\x82", 2},  // cut off
      {"\xE2\x82z", 0},
      {"caf\xE9 au lait", 3},  // Latin-1
  };
  for (const auto& [bytes, firstBad] : texts) {
    EXPECT_EQ(findInvalidUtf8(bytes), firstBad) << testing::PrintToString(bytes);
  }
}

TEST(Utf8, EveryCodePointComesBack) {
  for (char32_t codePoint = 0; codePoint <= 0x10FFFF; ++codePoint) {
    if (codePoint >= 0xD800 && codePoint <= 0xDFFF) continue;
    std::string text = "<";
    appendUtf8(text, codePoint);
    const auto decoded = decodeUtf8(text);
    ASSERT_EQ(decoded.size(), 2u) << static_cast<std::uint32_t>(codePoint);
    ASSERT_EQ(decoded[1], codePoint);
  }
}

TEST(DecodeUtf8, RefusesWhatIsIllFormed) {
  EXPECT_EQ(test::errorOf([] { decodeUtf8("ab\xFF"); }), "the text is not UTF-8 at byte 2");
}

TEST(DisplayWidth, CountsColumns) {
  EXPECT_EQ(displayWidth(""), 0u);
  EXPECT_EQ(displayWidth("tea"), 3u);
  EXPECT_EQ(displayWidth("café"), 4u);
  EXPECT_EQ(displayWidth("cafe\xCC\x81"), 4u);  // a combining accent takes no column
  EXPECT_EQ(displayWidth("日本"), 4u);
}

TEST(DisplayWidth, CountsWhatIsVisible) {
  EXPECT_EQ(displayWidth("a\x1b[m"), 7u);
  EXPECT_EQ(displayWidth("\u202E\xFF"), 10u);
  EXPECT_EQ(displayWidth("a\nb"), 2u);
}

struct Shown {
  std::string text;
  std::string visible;
};

TEST(Visible, WritesOutWhatWouldSteerATerminal) {
  const Shown table[] = {
      {"", ""},
      {"plain \\x1b text, \n two lines", "plain \\x1b text, \n two lines"},
      {"日本 café é \u200D\u200C 👩‍👩‍👧",
       "日本 café é \u200D\u200C 👩‍👩‍👧"},
      {"\x1b[31mred", "\\x1b[31mred"},
      {std::string("\0\t\r\x1f\x7f", 5), "\\x00\\x09\\x0d\\x1f\\x7f"},
      {"\u0080\u0085\u009B\u009F\u00A0", "\\u0080\\u0085\\u009b\\u009f\u00A0"},
      {"\u061C\u200E\u200F", "\\u061c\\u200e\\u200f"},
      {"\u202A\u202B\u202C\u202D\u202E", "\\u202a\\u202b\\u202c\\u202d\\u202e"},
      {"\u2066\u2067\u2068\u2069", "\\u2066\\u2067\\u2068\\u2069"},
      {"\u2028\u2029\u2027\u2065\u206A", "\\u2028\\u2029\u2027\u2065\u206A"},
      {"caf\xE9 \xC2", "caf\\xe9 \\xc2"},
      {"\xED\xA0\x80", "\\xed\\xa0\\x80"},  // a surrogate
      {"\x9B\x1B", "\\x9b\\x1b"},
  };
  for (const auto& [text, shown] : table) {
    EXPECT_EQ(visible(text), shown);
    EXPECT_EQ(visible(shown), shown);
  }
}

}  // namespace
}  // namespace canvass
