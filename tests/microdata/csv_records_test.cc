#include "microdata/csv/csv_records.h"

#include "base/random.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Rows = std::vector<std::vector<std::string>>;

Rows readAll(std::string_view text, char separator = ',') {
  CsvRecords records(text, separator, "a.csv");
  Rows rows;
  std::vector<std::string_view> fields;
  while (records.next(fields)) rows.emplace_back(fields.begin(), fields.end());
  return rows;
}

struct GoodText {
  const char* name;
  std::string text;
  Rows rows;

  friend void PrintTo(const GoodText& one, std::ostream* out) { *out << one.name; }
};

class CsvText : public ::testing::TestWithParam<GoodText> {};

TEST_P(CsvText, IsReadAsTheRuleSays) { EXPECT_EQ(readAll(GetParam().text), GetParam().rows); }

INSTANTIATE_TEST_SUITE_P(
    Forms, CsvText,
    ::testing::Values(GoodText{"Plain", "a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
                      GoodText{"NoLastLineEnd", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
                      GoodText{"WindowsLineEnds", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
                      GoodText{"ByteOrderMark",
                               "\xEF\xBB\xBF"
                               "a\n1\n",
                               {{"a"}, {"1"}}},
                      GoodText{"EmptyFields", ",\n,,\n", {{"", ""}, {"", "", ""}}},
                      GoodText{"Quoted", "\"a,b\",\"c\nd\"\n", {{"a,b", "c\nd"}}},
                      GoodText{"QuotedQuotes", "\"\"\"a\"\"\",\"\"\n", {{"\"a\"", ""}}},
                      GoodText{"EmptyLinesAtTheEnd", "a\n\n\r\n", {{"a"}}},
                      GoodText{"Nothing", "", {}}, GoodText{"OnlyAMark", "\xEF\xBB\xBF", {}}),
    [](const auto& one) { return one.param.name; });

struct BadText {
  const char* name;
  std::string text;
  std::string message;

  friend void PrintTo(const BadText& one, std::ostream* out) { *out << one.name; }
};

class BadCsvText : public ::testing::TestWithParam<BadText> {};

TEST_P(BadCsvText, IsNamedByLine) {
  EXPECT_THAT(test::errorOf([] { readAll(GetParam().text); }), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadCsvText,
    ::testing::Values(
        BadText{"OpenQuote", "a\n\"b\nc\n", "a.csv:2: a double quote is not closed"},
        BadText{"QuoteInside", "a\nb\"c\n", "a.csv:2: a double quote appears inside a field"},
        BadText{"AfterQuote", "\"a\nb\"c\n", "a.csv:2: there is text after the closing quote"},
        BadText{"EmptyLine", "a\n\nb\n", "a.csv:2: the line is empty; remove it"},
        BadText{"OldMacLineEnds", "a\rb\r", "a.csv:1: a carriage return is not followed by"},
        BadText{"ZeroByte", std::string("a\nb\0\n", 5), "a.csv:2: there is a zero byte"},
        BadText{"Utf16",
                "\xFF\xFE"
                "a",
                "a.csv: the file is in UTF-16; save it as CSV in UTF-8"}),
    [](const auto& one) { return one.param.name; });

TEST(CsvRecords, KnowsTheLineWhereARecordBegins) {
  CsvRecords records("a\n\"b\nc\"\nd\n", ',', "a.csv");
  std::vector<std::string_view> fields;
  std::vector<std::string> places;
  while (records.next(fields)) places.push_back(records.place());
  EXPECT_THAT(places, ElementsAre("a.csv:1", "a.csv:2", "a.csv:4"));
}

std::string inQuotes(const std::string& field) {
  std::string text = "\"";
  for (const char c : field) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

TEST(CsvRecords, GiveBackWhatWasWrittenInQuotes) {
  constexpr std::string_view letters = "ab,;\"\n\r \t";
  RandomStream random(11, "csv");
  for (int round = 0; round < 200; ++round) {
    Rows rows(1 + random.below(4));
    std::string text;
    for (auto& row : rows) {
      row.resize(1 + random.below(4));
      for (std::string& field : row) {
        for (auto n = random.below(6); n > 0; --n) field += letters[random.below(letters.size())];
        text += (&field == row.data() ? "" : ";") + inQuotes(field);
      }
      text += "\n";
    }
    EXPECT_EQ(readAll(text, ';'), rows) << text;
  }
}

TEST(Separator, IsTheOneThatTheFirstLineShows) {
  EXPECT_EQ(detectSeparator("a,b;c,d\n;;;;;", "a.csv"), ',');
  EXPECT_EQ(detectSeparator("a;b\n", "a.csv"), ';');
  EXPECT_EQ(detectSeparator("a\tb\n", "a.csv"), '\t');
  EXPECT_EQ(detectSeparator("\"a;;;b\"|c", "a.csv"), '|');
  EXPECT_EQ(detectSeparator("a\n1;2\n", "a.csv"), ',');
  EXPECT_THAT(test::errorOf([] { detectSeparator("a,b;c\n", "a.csv"); }),
              HasSubstr("a.csv:1: the first line does not show what separates the columns; name "
                        "it in the mapping"));
}

}  // namespace
}  // namespace canvass
