// Texts that mean something to whoever reads an export come back as they were, by readers that are
// not canvass's: Python's csv, json, zipfile and ElementTree; ReadStat for SPSS and Stata.
#include "support/hostile_texts.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/child_process.h"
#include "base/json.h"
#include "base/progress.h"
#include "export/export.h"
#include "import/import.h"
#include "microdata/csv/csv_records.h"
#include "microdata/readstat/readstat_reader.h"
#include "support/test_support.h"
#include "text/lines.h"

namespace canvass {
namespace {

using test::HostileText;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

// A question and a population for each text: the first question is asked of all, the first
// population is asked all.
Survey surveyOf(const std::vector<std::string>& texts) {
  Survey survey;
  survey.name = "hostile";
  for (const std::string& text : texts) {
    survey.questions.push_back(
        {text, text, text, {{"A", text, {}}, {"B", text + "B", {}}}, Scale::ordinal, {}});
    survey.populations.push_back({text, text, "someone from " + text, {{"country", text}}});
  }
  const Distribution shares{0.75, 0.25};
  for (std::size_t q = 0; q < texts.size(); ++q) survey.items.push_back({q, 0, shares, 10.0, {}});
  for (std::size_t p = 1; p < texts.size(); ++p) survey.items.push_back({0, p, shares, 10.0, {}});
  return survey;
}

bool hasZeroByte(const std::string& text) { return text.find('\0') != text.npos; }

// Those of at most so many bytes that files of tables can hold.
std::vector<std::string> textsUpTo(std::size_t bytes) {
  std::vector<std::string> texts;
  for (const HostileText& one : test::hostileTexts()) {
    if (one.text.size() <= bytes && !hasZeroByte(one.text)) texts.push_back(one.text);
  }
  return texts;
}

constexpr std::size_t cellOfExcel = 32767 - 20;  // with what is put around them

TEST(HostileTexts, ComeBackThroughReadersOfOthers) {
  const std::vector<std::string> texts = textsUpTo(cellOfExcel);
  const Survey survey = surveyOf(texts);
  const test::TemporaryFolder folder;
  folder.write("texts.json", Json(texts).dump());
  const std::map<std::string, std::string> files = {{"csv", "long.csv"},
                                                    {"csv-wide", "wide.csv"},
                                                    {"xlsx", "survey.xlsx"},
                                                    {"simllm", "simllm.json"},
                                                    {"subpop", "subpop.jsonl"}};
  for (const auto& [format, file] : files) {
    folder.write(file, findExporter(format).run({survey}).text);
  }
  const auto program = (test::sourceFolder() / "tests" / "export" / "read_back.py").string();
  const auto result = runChild({"python3", program, folder.path().string()}, "");
  ASSERT_TRUE(result) << "there is no python3";
  EXPECT_EQ(result->exitCode, 0) << result->output << result->errors;
}

TEST(HostileTexts, OfAnyLengthComeBackThroughReadersOfCanvass) {
  const Survey survey = surveyOf(textsUpTo(1'000'000));
  std::size_t line = 0;
  const std::string text = findExporter("csv").run({survey}).text;
  CsvRecords records(text, ',', "export.csv");
  std::vector<std::string_view> fields;
  ASSERT_TRUE(records.next(fields));
  while (records.next(fields)) {
    const Item& item = survey.items[line / 2];
    EXPECT_EQ(fields[1], survey.questionOf(item).text);
    EXPECT_EQ(fields[5], survey.populationOf(item).name);
    EXPECT_EQ(fields[8], survey.questionOf(item).options[line % 2].text);
    ++line;
  }
  EXPECT_EQ(line, 2 * survey.items.size());
}

std::string withoutBlanksAround(std::string_view text) {
  return std::string(trimmed(text, " \t\r\n"));
}

// Statistics packages cut texts and know no blanks at their ends.
TEST(HostileTexts, ComeBackFromStatisticsPackages) {
  const std::vector<std::string> texts = textsUpTo(100);
  std::vector<std::string> expected;
  for (const std::string& text : texts) expected.push_back(withoutBlanksAround(text));
  for (const auto& [name, format] : {std::pair{"sav", StatisticsFormat::spssSystem},
                                     std::pair{"dta", StatisticsFormat::stata}}) {
    SCOPED_TRACE(name);
    const test::TemporaryFolder folder;
    const auto file = folder.write("survey", findExporter(name).run({surveyOf(texts)}).text);
    const auto reader = openStatisticsFile({file, format, ""});
    std::vector<std::string> found;
    for (std::size_t i = 0; i < reader->variables().size(); ++i) {
      if (reader->variables()[i].name != "question_text") continue;
      reader->read(
          {i}, [&](const RespondentRecord& record) { found.push_back(codeText(record.values[0])); },
          noProgress());
    }
    EXPECT_THAT(found, IsSupersetOf(expected));
  }
}

// Excel, SPSS, Stata and R would end the text there; canvass takes it for a damaged file.
TEST(HostileTexts, WithAZeroByteAreNoTable) {
  for (const char* format : {"csv", "csv-wide", "xlsx", "sav", "dta"}) {
    EXPECT_THAT(
        test::errorOf([&] { findExporter(format).run({surveyOf({std::string("a\0b", 3)})}); }),
        HasSubstr("a text of the survey has a zero byte"));
  }
}

TEST(HostileTexts, ThatSpreadsheetsTakeForFormulasAreCounted) {
  const std::vector<std::string> texts = {"=1+1", "+1",   "-1",   "@SUM(1)",
                                          "\t=1", "\r=1", "\n=1", "a=1"};
  EXPECT_THAT(findExporter("csv").run({surveyOf(texts)}).notes,
              Contains(HasSubstr("14 texts with =, +, - or @ first")));
}

}  // namespace
}  // namespace canvass
