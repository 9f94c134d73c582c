#include "export/csv.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "export/sample.h"
#include "microdata/csv/csv_records.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::SizeIs;

TEST(CsvExport, IsTidyAndLeavesEmptyWhatIsNotKnown) {
  const ExportResult result = exportCsv({test::groupSurvey()});
  EXPECT_EQ(
      result.text,
      "question,question_text,topic,scale,population,population_name,population_phrase,option,"
      "option_text,value,share,se,se_by,n,n_eff,dont_know,refused,attribute_RACE,attribute_SEX\n"
      "SAFE,\"How safe, \"\"really\"\"?\",crime,ordinal,SEX = Female,SEX = Female,someone in the "
      "United States who is female,A,\"Very, very\",1,0.5,0.05,n_eff,200,100,0.125,0.0625,,Female\n"
      "SAFE,\"How safe, \"\"really\"\"?\",crime,ordinal,SEX = Female,SEX = Female,someone in the "
      "United States who is female,B,So-so,2,0.25,0.04330127018922193,n_eff,200,100,0.125,0.0625,,"
      "Female\n"
      "SAFE,\"How safe, \"\"really\"\"?\",crime,ordinal,SEX = Female,SEX = Female,someone in the "
      "United States who is "
      "female,C,Not,4,0.25,0.04330127018922193,n_eff,200,100,0.125,0.0625,,Female\n"
      "TEA,Tea?,,nominal,SEX = Female,SEX = Female,someone in the United States who is female,A,"
      "Green,,1,,,,,,,,Female\n"
      "TEA,Tea?,,nominal,SEX = Female,SEX = Female,someone in the United States who is female,B,"
      "Black,,0,,,,,,,,Female\n"
      "SAFE,\"How safe, \"\"really\"\"?\",crime,ordinal,\"RACE = Black, SEX = Male\",\"RACE = "
      "Black, "
      "SEX = Male\",someone in the United States who is Black and is male,A,\"Very, "
      "very\",1,0.25,,,"
      "50,,,0.5,Black,Male\n"
      "SAFE,\"How safe, \"\"really\"\"?\",crime,ordinal,\"RACE = Black, SEX = Male\",\"RACE = "
      "Black, "
      "SEX = Male\",someone in the United States who is Black and is "
      "male,B,So-so,2,0.75,,,50,,,0.5,"
      "Black,Male\n"
      "SAFE,\"How safe, \"\"really\"\"?\",crime,ordinal,\"RACE = Black, SEX = Male\",\"RACE = "
      "Black, "
      "SEX = Male\",someone in the United States who is Black and is "
      "male,C,Not,4,0,,,50,,,0.5,Black,"
      "Male\n");
  EXPECT_EQ(result.items, 3u);
  EXPECT_EQ(result.leftOut, 0u);
  EXPECT_THAT(result.notes, Contains("2 items without n_eff: se is empty"));
}

TEST(CsvExport, HasTheStandardErrorsOfTheDesignAndSaysWhichAreNot) {
  Survey survey = test::groupSurvey();
  survey.items[0].standardErrors = {0.06, 0.03, 0.02};
  survey.items[2].effectiveSampleSize = 25.0;
  const ExportResult result = exportCsv({survey});
  EXPECT_THAT(result.text, HasSubstr(",0.5,0.06,design,200,"));
  EXPECT_THAT(result.text, HasSubstr(",2,0.75,0.08660254037844387,n_eff,50,"));
  EXPECT_THAT(result.notes,
              Contains("1 item whose se is sqrt(p (1 - p) / n_eff), which takes one design effect "
                       "for all options: se_by is n_eff"));
}

// Every field of a survey of awkward texts, read back by the reader of respondents' files.
TEST(CsvExport, IsReadBackByAnIndependentReader) {
  Survey survey = test::groupSurvey();
  survey.questions[0].text = " a, \"b\"\nc\r\nd; 茶 ";
  survey.questions[0].options[0].text = "";
  survey.populations[0].name = "'=1+1";
  survey.items[0].observed = Distribution{1.0 / 3, 1.0 / 3, 1.0 - 2.0 / 3};
  const std::string text = exportCsv({survey}).text;
  CsvRecords records(text, ',', "export.csv");
  std::vector<std::string_view> fields;
  ASSERT_TRUE(records.next(fields));
  ASSERT_THAT(fields, SizeIs(19));
  for (const Item& item : survey.items) {
    const Question& question = survey.questionOf(item);
    for (std::size_t k = 0; k < question.options.size(); ++k) {
      ASSERT_TRUE(records.next(fields));
      ASSERT_THAT(fields, SizeIs(19));
      EXPECT_EQ(fields[0], question.id);
      EXPECT_EQ(fields[1], question.text);
      EXPECT_EQ(fields[5], survey.populationOf(item).name);
      EXPECT_EQ(fields[8], question.options[k].text);
      EXPECT_EQ(std::stod(std::string(fields[10])), (*item.observed)[k]);
    }
  }
  EXPECT_FALSE(records.next(fields));
}

TEST(CsvExport, KeepsItemsWithoutADistribution) {
  Survey survey = test::groupSurvey();
  survey.items = {{1, 0, {}, 12.0, 6.0}};
  EXPECT_THAT(exportCsv({survey}).text, HasSubstr(",A,Green,,,,,12,6,,,,Female\n"));
}

TEST(CsvExport, SaysWhatIsLost) {
  Survey survey = test::groupSurvey();
  survey.name = "Tea";
  survey.source = "The tea board";
  survey.questions[0].missingCodes = {"9"};
  EXPECT_THAT(exportCsv({survey}).notes, Contains("the format cannot hold the survey's name, the "
                                                  "survey's source, missing codes (1 question)"));
  survey.questions[0].text = "\xFF";
  EXPECT_THAT(test::errorOf([&] { exportCsv({survey}); }),
              HasSubstr("Tea: a text of the survey is not UTF-8"));
}

}  // namespace
}  // namespace canvass
