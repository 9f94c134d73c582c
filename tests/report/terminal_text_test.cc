#include "report/terminal/terminal_text.h"

#include "base/utf8.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using testing::ElementsAre;

const TerminalStyle unicode;
const TerminalStyle ascii{.ascii = true};
const TerminalStyle color{.color = true};

TEST(TerminalText, WrapsAtSpaces) {
  EXPECT_THAT(wrapped("one two  three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped(" one\n two\t", 80), ElementsAre("one two"));
  EXPECT_THAT(wrapped("", 10), ElementsAre(""));
}

TEST(TerminalText, CutsWordsThatAreLongerThanALine) {
  EXPECT_THAT(wrapped("a incomprehensible b", 8), ElementsAre("a", "incompre", "hensible", "b"));
}

TEST(TerminalText, WrapsBesideWideCharactersButNotBeforePunctuation) {
  EXPECT_THAT(wrapped("非常重要", 4), ElementsAre("非常", "重要"));
  EXPECT_THAT(wrapped("非常重要", 5), ElementsAre("非常", "重要"));
  EXPECT_THAT(wrapped("非常，重要", 4), ElementsAre("非", "常，", "重要"));
  EXPECT_THAT(wrapped("看TV重要", 6), ElementsAre("看TV重", "要"));
}

TEST(TerminalText, KeepsCombiningMarksWithTheirLetter) {
  EXPECT_THAT(wrapped("ae\u0301 b", 2), ElementsAre("ae\u0301", "b"));
}

TEST(TerminalText, MakesOneLineWithoutControlCharacters) {
  EXPECT_EQ(onOneLine("  a\r\n\tb\x1b[31m c\u0085d\u00a0"), "a b [31m c d");
}

TEST(TerminalText, ShortensToColumns) {
  EXPECT_EQ(shortened("question", 8, unicode), "question");
  EXPECT_EQ(shortened("question mean", 8, unicode), "questio…");
  EXPECT_EQ(shortened("question mean", 10, unicode), "question…");
  EXPECT_EQ(shortened("question mean", 8, ascii), "quest...");
  EXPECT_EQ(shortened("非常重要", 6, unicode), "非常…");
  EXPECT_EQ(shortened("abc", 1, ascii), ".");
  EXPECT_EQ(shortened("abc", 0, unicode), "");
}

TEST(TerminalText, PadsByColumns) {
  EXPECT_EQ(padRight("日本", 6), "日本  ");
  EXPECT_EQ(padLeft("日本", 6), "  日本");
  EXPECT_EQ(padLeft("abcdef", 3), "abcdef");
}

// In time that grows as the text does: with its square these would take hours.
TEST(TerminalText, FitsTextsOfMegabytes) {
  constexpr std::size_t columns = 20'000'000;
  const std::string word(columns, 'a');
  EXPECT_EQ(wrapped(word, 80).size(), columns / 80);
  EXPECT_EQ(shortened(word, 80, unicode).size(), 79 + std::string("…").size());
  EXPECT_EQ(wrappedLines(word, 80).size(), columns);
  std::string words = "b";
  while (words.size() < columns) words += " b";
  EXPECT_EQ(wrapped(words, 79).size(), (columns / 2 + 1 + 39) / 40);
  std::string marks = "a";  // which take no column
  while (marks.size() < columns) marks += "\u0301";
  EXPECT_EQ(wrapped(marks, 80).size(), 1U);
}

struct BarCase {
  double share;
  const char* solid;
  const char* solidAscii;
  const char* shaded;
  const char* shadedAscii;
};

TEST(TerminalText, DrawsBarsOfFourColumns) {
  const BarCase table[] = {
      {0.0, "", "", "", ""},
      {1e-9, "▏", "#", "▒", "="},
      {0.5, "██", "##", "▒▒", "=="},
      {0.5 + 1.0 / 32, "██▏", "##", "▒▒", "=="},
      {0.5 + 7.0 / 32, "██▉", "###", "▒▒▒", "==="},
      {1.0, "████", "####", "▒▒▒▒", "===="},
      {1.5, "████", "####", "▒▒▒▒", "===="},
  };
  for (const BarCase& one : table) {
    SCOPED_TRACE(one.share);
    EXPECT_EQ(solidBar(one.share, 4, unicode), one.solid);
    EXPECT_EQ(solidBar(one.share, 4, ascii), one.solidAscii);
    EXPECT_EQ(shadedBar(one.share, 4, unicode), one.shaded);
    EXPECT_EQ(shadedBar(one.share, 4, ascii), one.shadedAscii);
  }
}

std::string coloredOnTerminal(std::string_view text, Ink ink) {
  return printed(inked(text, ink, color), color);
}

TEST(TerminalText, ColorsOnlyWhereAsked) {
  EXPECT_EQ(inked("a", Ink::strong, unicode), "a");
  EXPECT_EQ(coloredOnTerminal("a", Ink::strong), "\x1b[1ma\x1b[0m");
  EXPECT_EQ(coloredOnTerminal("a", Ink::faint), "\x1b[2ma\x1b[0m");
  EXPECT_EQ(coloredOnTerminal("a", Ink::good), "\x1b[1;32ma\x1b[0m");
  EXPECT_EQ(coloredOnTerminal("a", Ink::observed), "\x1b[36ma\x1b[0m");
  EXPECT_EQ(coloredOnTerminal("a", Ink::predicted), "\x1b[33ma\x1b[0m");
  EXPECT_EQ(coloredOnTerminal("a", Ink::warning), "\x1b[33ma\x1b[0m");
  EXPECT_EQ(coloredOnTerminal("a", Ink::plain), "a");
  EXPECT_EQ(coloredOnTerminal("", Ink::good), "");
}

TEST(TerminalText, PrintsNoSequenceButThoseOfInks) {
  EXPECT_EQ(coloredOnTerminal("a\x1b[0mb\xFF", Ink::strong), "\x1b[1ma\\x1b[0mb\\xff\x1b[0m");
  EXPECT_EQ(printed("a\x1b[1mb\n\xFF", color), "a\\x1b[1mb\n\\xff");
  EXPECT_EQ(printed("\xFF"
                    "7\xFF",
                    color),
            "\\xff7\\xff");
  EXPECT_EQ(printed("\xFF"
                    "1a",
                    unicode),
            "\\xff1a");
}

TEST(TerminalText, TakesTextsThatAreNotUtf8) {
  EXPECT_EQ(onOneLine("a \xFF\n b"), "a \xFF b");
  EXPECT_EQ(shortened("caf\xE9 au lait", 12, unicode), "caf\xE9 au…");
  EXPECT_THAT(wrapped("caf\xE9 au lait", 8), ElementsAre("caf\xE9", "au lait"));
  EXPECT_EQ(padRight("\xE9", 6), "\xE9  ");
}

TEST(TerminalText, WritesNumbersForReaders) {
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(counted(1, "item"), "1 item");
  EXPECT_EQ(counted(0, "item"), "0 items");
  EXPECT_EQ(phraseFor(1, "items in both"), "item in both");
  EXPECT_EQ(phraseFor(2, "items in both"), "items in both");
  EXPECT_EQ(shortNumber(1.44), "1.4");
  EXPECT_EQ(shortNumber(9.97), "10");
  EXPECT_EQ(shortNumber(3052.8), "3,053");
  EXPECT_EQ(percent(0.5234), "52.3%");
}

TEST(TerminalText, ParagraphsAreIndentedLines) {
  EXPECT_EQ(paragraph("one two", {.width = 40}, 2), "  one two\n");
  EXPECT_EQ(usableWidth({.width = 10}), 40u);
}

TEST(WrappedLines, BreaksOnlyLinesThatAreTooWide) {
  EXPECT_EQ(wrappedLines("a b c\n  key    value\n", 14), "a b c\n  key    value\n");
  EXPECT_EQ(wrappedLines("one two three four", 9, 2), "one two\n  three\n  four");
  EXPECT_EQ(wrappedLines("  one two three", 9), "  one two\n  three");
  EXPECT_EQ(wrappedLines("非常重要", 5), "非常\n重要");
  EXPECT_EQ(wrappedLines("", 5), "");
}

TEST(WrappedLines, KeepsWordsWhole) {
  EXPECT_EQ(wrappedLines("in a/very/long/path.jsonl now", 8), "in\na/very/long/path.jsonl\nnow");
}

}  // namespace
}  // namespace canvass
