// The parts that have rules of their own: regular expressions, damaged UTF-8.
#include "support/test_support.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/lossy_utf8.h"
#include "tokenizer/pattern.h"

namespace canvass {
namespace {

using test::errorOf;
using testing::HasSubstr;

std::vector<std::string> found(const char* regex, std::string_view text) {
  std::vector<std::string> matches;
  for (const TextRange& range : Pattern::regex(regex, "here").matches(text)) {
    matches.emplace_back(range.of(text));
  }
  return matches;
}

TEST(Pattern, MatchesAsOnigurumaDoes) {
  using Texts = std::vector<std::string>;
  const struct {
    const char* regex;
    const char* text;
    Texts expected;
  } cases[] = {
      {"\\p{N}{1,3}", "12345", {"123", "45"}},
      {"\\s+", "a \u3000b\u180Ec", {" \u3000"}},
      {"[^\\s]+", "a b\u180Ec", {"a", "b\u180Ec"}},
      {"\\S", " a", {"a"}},
      {"\\w+", "e\u0301_1-x", {"e\u0301_1", "x"}},
      {"[\\w-]+", "a-b c", {"a-b", "c"}},
      {"(?i:'s)", "'S'\u017F", {"'S", "'\u017F"}},
      {"a(?!b)", "abaa", {"a", "a"}},
      {"\\x{41}|\\x42", "AB", {"A", "B"}},
      {"[\\[\\]\\^$^]", "[]^$", {"[", "]", "^", "$"}},
      {".+", "a\rb\nc", {"a\rb", "c"}},
  };
  for (const auto& c : cases) EXPECT_EQ(found(c.regex, c.text), c.expected) << c.regex;
}

TEST(Pattern, RefusesWhatPcre2ReadsInAnotherWay) {
  const std::pair<const char*, const char*> cases[] = {
      {"^a", "uses an anchor"},
      {"a$", "uses an anchor"},
      {"a{1,3}+", "uses \"}+\""},
      {"\\h", "uses \"\\h\""},
      {"\\W", "uses \"\\W\""},
      {"\\bA", "uses \"\\b\""},
      {"[a[b]]", "uses a class inside a class"},
      {"[a&&b]", "uses an intersection of classes"},
      {"[]a]", "uses an empty class"},
      {"a\\", "uses a backslash at its end"},
      {"[a", "does not compile: missing terminating ]"},
  };
  for (const auto& [regex, message] : cases) {
    const std::string error = errorOf([r = regex] { Pattern::regex(r, "file.json"); });
    EXPECT_THAT(error, HasSubstr(std::string("file.json: the regular expression ") + regex));
    EXPECT_THAT(error, HasSubstr(message)) << regex;
  }
}

TEST(Pattern, SaysThatAMatchIsEmptyOrTooHard) {
  EXPECT_EQ(errorOf([] { found("x*", "a"); }),
            "here: the regular expression x* matches empty text");
  EXPECT_THAT(errorOf([] { found("(a+)+\\d", std::string(60, 'a')); }),
              "here: the regular expression (a+)+\\d does not find its words in a text of 60 "
              "bytes: match limit exceeded");
}

TEST(Pattern, ManagesLongRunsOfSpace) {
  const std::string spaces(2000000, ' ');
  EXPECT_EQ(found("\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+", spaces + "a").size(), 2u);
}

TEST(ByteLevel, WritesEveryByteAsOneCharacter) {
  EXPECT_EQ(bytesToAlphabet(std::string(" a\n\0\x7F\xAD\xFF", 7)), "ĠaĊĀġŃÿ");
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
  EXPECT_EQ(alphabetToBytes(bytesToAlphabet(bytes)), bytes);
  EXPECT_EQ(alphabetToBytes("a日"), std::nullopt);
}

// The examples of the Unicode Standard, section 3.9, tables 3-8 to 3-11.
TEST(LossyUtf8, ReplacesMaximalSubparts) {
  const std::pair<const char*, const char*> cases[] = {
      {"aé日👍", "aé日👍"},
      {"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA"},
      {"\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA"},
      {"\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFDA\uFFFD\uFFFDB"},
      {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", "\uFFFD\uFFFD\uFFFD\uFFFDA"},
  };
  for (const auto& [bytes, text] : cases) EXPECT_EQ(toValidUtf8(bytes), text);
}

}  // namespace
}  // namespace canvass
