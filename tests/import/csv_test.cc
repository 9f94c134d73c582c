// Respondents' files from the command's side: what the mapping page shows, several files, options.
#include "import/csv/csv.h"

#include <fmt/format.h>

#include "base/file.h"
#include "import/imported_items.h"
#include "support/test_support.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::itemOf;
using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The first fenced block of docs/importing.md that holds `words`.
std::string exampleWith(const std::string& words) {
  const std::string fence = "```\n";
  const std::string page = readFile(test::sourceFolder() / "docs" / "importing.md");
  const std::size_t at = page.find(words);
  const std::size_t begin = page.rfind(fence, at) + fence.size();
  return page.substr(begin, page.find(fence, at) - begin);
}

class CsvImport : public ::testing::Test {
 protected:
  ImportResult import(const std::vector<std::filesystem::path>& files) {
    options_.mapping = folder_.write("tea.toml", mapping_);
    return importCsv(files, options_);
  }

  test::TemporaryFolder folder_;
  ImportOptions options_;
  std::string mapping_ = exampleWith("name = \"Tea survey\"");
  std::string answers_ = exampleWith("Q2_milk,Q2_lemon,Q3\n");
};

TEST_F(CsvImport, MakesOfTheDocumentedExampleWhatThePageSays) {
  const ImportResult result = import({folder_.write("tea.csv", answers_)});
  const Survey& survey = result.survey;
  EXPECT_EQ(survey.name, "Tea survey");
  EXPECT_EQ(survey.source, "The tea board, 2024");
  EXPECT_EQ(survey.questions.size(), 4u);
  // 1.5 daily and 0.5 sometimes; 1 does not know, 1 gave no answer.
  const Item& tea = itemOf(survey, "Q1", "Japan");
  EXPECT_THAT(*tea.observed, ElementsAre(0.75, 0.25, 0.0));
  EXPECT_EQ(tea.respondents, 2.0);
  EXPECT_EQ(tea.dontKnow, 0.25);
  EXPECT_EQ(tea.refused, 0.25);
  // 5 by the weight 1; 7 and 8, which is no don't know here, by 2; one was not asked.
  const Item& satisfaction = itemOf(survey, "satisfaction", "Japan");
  EXPECT_THAT(*satisfaction.observed,
              ElementsAre(DoubleNear(1.0 / 3, 1e-12), DoubleNear(2.0 / 3, 1e-12)));
  EXPECT_EQ(satisfaction.dontKnow, 0.0);
  EXPECT_EQ(survey.questions[1].options[1].value, 8.0);
  EXPECT_EQ(itemOf(survey, "with-Q2_milk", "Kenya").respondents, 4.0);
  EXPECT_THAT(result.skipped, IsEmpty());
  EXPECT_THAT(result.notes, Contains("8 respondents read"));
  EXPECT_THAT(result.notes, Contains(HasSubstr("\"sex\" (code \"-2\": 1)")));
  EXPECT_THAT(result.notes, Contains(HasSubstr("Kenya, male (1 of at least 2)")));
}

TEST_F(CsvImport, WritesASurveyThatReadsBack) {
  const Survey survey = import({folder_.write("tea.csv", answers_)}).survey;
  const auto path = folder_.path() / "survey.jsonl";
  writeSurvey(survey, path);
  EXPECT_EQ(surveyToJsonl(readSurvey(path)), surveyToJsonl(survey));
}

TEST_F(CsvImport, TakesSeveralFilesAsOneSample) {
  const std::size_t header = answers_.find('\n') + 1;
  const std::size_t half = answers_.find("Kenya");
  const auto first = folder_.write("japan.csv", answers_.substr(0, half));
  const auto second =
      folder_.write("kenya.csv", answers_.substr(0, header) + answers_.substr(half));
  const Survey apart = import({first, second}).survey;
  const Survey together = import({folder_.write("tea.csv", answers_)}).survey;
  EXPECT_EQ(surveyToJsonl(apart), surveyToJsonl(together));
}

TEST_F(CsvImport, OptionsOfTheCommandComeBeforeTheMapping) {
  options_.name = "Another name";
  options_.source = "Another source";
  const Survey survey = import({folder_.write("tea.csv", answers_)}).survey;
  EXPECT_EQ(survey.name, "Another name");
  EXPECT_EQ(survey.source, "Another source");
}

TEST_F(CsvImport, ListsWhatItSkips) {
  const std::string broken = answers_ + "Kenya,2,30,,east,1,1,0,6\nKenya,2,30,1,east,7,1,0,6\n";
  const auto path = folder_.write("tea.csv", broken);
  EXPECT_THAT(test::errorOf([&] { import({path}); }),
              HasSubstr("tea.csv:10: the weight is missing"));
  options_.skipInvalid = true;
  const ImportResult result = import({path});
  ASSERT_EQ(result.skipped.size(), 2u);
  EXPECT_EQ(result.skipped[0].record, 9u);
  EXPECT_EQ(result.skipped[1].record, 10u);
  EXPECT_EQ(result.skipped[1].id, "Q1");
}

TEST_F(CsvImport, ReadsTheDocumentedTableOfShares) {
  mapping_ = exampleWith("shape = \"aggregated\"");
  const ImportResult result =
      import({folder_.write("shares.csv", exampleWith("share,se,n,n_eff"))});
  EXPECT_THAT(*itemOf(result.survey, "Q1", "Japan").observed, ElementsAre(0.25, 0.5, 0.25));
  EXPECT_EQ(itemOf(result.survey, "Q1", "Japan").effectiveSampleSize, 1012.5);
  EXPECT_EQ(result.survey.populations.at(0).phrase, "someone from Japan");
  EXPECT_EQ(result.survey.name, "shares");
  EXPECT_THAT(result.notes, ElementsAre("3 rows read"));
  options_.withMissing = true;
  EXPECT_THAT(test::errorOf([&] { import({folder_.path() / "shares.csv"}); }),
              HasSubstr("remove them from [missing]"));
}

TEST_F(CsvImport, ReadsTheDocumentedLongTable) {
  std::string rest =
      mapping_.substr(0, mapping_.find("[attributes.sex]")) +
      "[[populations]]\nby = []\nname = \"all\"\nphrase = \"someone\"\n"
      "minimum = 1\n" +
      mapping_.substr(mapping_.find("[[questions]]"),
                      mapping_.find("[[multi_select]]") - mapping_.find("[[questions]]"));
  const std::string strata = "strata = \"region\"\n";
  rest.erase(rest.find(strata), strata.size());
  mapping_ = rest + exampleWith("shape = \"long\"");
  const Survey survey = import({folder_.write("long.csv", exampleWith("id,item,response"))}).survey;
  EXPECT_THAT(*itemOf(survey, "Q1", "all").observed, ElementsAre(0.0, 0.75, 0.25));
  EXPECT_EQ(itemOf(survey, "satisfaction", "all").respondents, 1.0);
}

// A drafted mapping works as it stands.
TEST_F(CsvImport, DraftsLongAndAggregatedTables) {
  std::string longTable = "ID,Item,Response,weight,country\n";
  for (int i = 0; i < 60; ++i) {
    const std::string who = std::to_string(i);
    const std::string rest = std::string(",1.5,") + (i % 2 == 0 ? "Peru" : "Mali") + "\n";
    longTable += who + ",tea," + (i % 3 == 0 ? "Never" : "Often") + rest;
    if (i % 4 > 0) longTable += who + ",milk," + (i % 5 == 0 ? "Don't know" : "Often") + rest;
    if (i % 4 == 1) longTable += who + ",milk2," + (i % 3 == 0 ? "Yes" : "No") + rest;
  }
  const auto file = folder_.write("long.csv", longTable);
  mapping_ = draftCsv({file}, options_).text;
  EXPECT_THAT(mapping_, HasSubstr("shape = \"long\"\nrespondent = \"ID\"\nquestion = \"Item\"\n"));
  const Survey survey = import({file}).survey;
  EXPECT_EQ(survey.questions.size(), 2u);  // "milk" has one answer only
  EXPECT_DOUBLE_EQ(itemOf(survey, "tea", "all respondents").observed->at(0), 1.0 / 3.0);

  const auto shares = folder_.write(
      "shares.csv",
      "item,Group,response,pct\nTea?,Peru,Often,60\nTea?,Peru,Never,30\nTea?,Peru,Don't know,10\n");
  mapping_ = draftCsv({shares}, options_).text;
  EXPECT_THAT(mapping_, HasSubstr("dont_know = [\"Don't know\"]"));
  EXPECT_DOUBLE_EQ(*itemOf(import({shares}).survey, "Tea?", "Peru").dontKnow, 0.1);
  const auto crossed = folder_.write(
      "crossed.csv", "question,Country,sex,option,count\nTea?,Peru,f,Often,6\nTea?,Peru,f,No,2\n");
  mapping_ = draftCsv({crossed}, options_).text;
  EXPECT_EQ(itemOf(import({crossed}).survey, "Tea?", "Peru, f").respondents, 8.0);
}

TEST_F(CsvImport, NeedsAMapping) {
  EXPECT_THAT(test::errorOf([&] { importCsv({folder_.write("tea.csv", answers_)}, {}); }),
              HasSubstr("files of the format csv need a mapping: what their columns mean; name it "
                        "with --mapping; --draft-mapping FILE writes a first one"));
}

TEST_F(CsvImport, LeavesScalesToTheMapping) {
  options_.nominalQuestions = {"Q1"};
  EXPECT_THAT(test::errorOf([&] { import({folder_.write("tea.csv", answers_)}); }),
              HasSubstr("write scale = \"nominal\" into the mapping"));
}

}  // namespace
}  // namespace canvass
