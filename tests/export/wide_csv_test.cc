#include "export/csv.h"
#include "export/sample.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

// Questions with fewer options leave cells empty: never 0.
TEST(WideCsvExport, HasALineForEachItemAndAColumnForEachOption) {
  const ExportResult result = exportWideCsv({test::groupSurvey()});
  EXPECT_EQ(
      result.text,
      "question,question_text,topic,scale,population,population_name,population_phrase,se_by,n,n_eff,"
      "dont_know,refused,attribute_RACE,attribute_SEX,option_1,option_2,option_3,share_1,share_2,"
      "share_3,se_1,se_2,se_3\n"
      "SAFE,\"How safe, \"\"really\"\"?\",crime,ordinal,SEX = Female,SEX = Female,someone in the "
      "United States who is female,n_eff,200,100,0.125,0.0625,,Female,\"Very, very\",So-so,Not,0.5,0.25,"
      "0.25,0.05,0.04330127018922193,0.04330127018922193\n"
      "TEA,Tea?,,nominal,SEX = Female,SEX = Female,someone in the United States who is "
      "female,,,,,,,Female,Green,Black,,1,0,,,,\n"
      "SAFE,\"How safe, \"\"really\"\"?\",crime,ordinal,\"RACE = Black, SEX = Male\",\"RACE = "
      "Black, SEX = Male\",someone in the United States who is Black and is "
      "male,,50,,,0.5,Black,Male,\"Very, very\",So-so,Not,0.25,0.75,0,,,\n");
  EXPECT_EQ(result.items, 3u);
}

Predictions predictionsOfTea() {
  Predictions predictions;
  predictions.model = "tiny";
  predictions.predictions = {{"TEA", "SEX = Female", {"B", "A"}, {0.25, 0.75}, {}, {}},
                             {"TEA", "nobody", {"A", "B"}, {0.5, 0.5}, {}, {}}};
  return predictions;
}

// Also next to a question that nobody was asked, in the order of the question's options.
TEST(CsvExport, PutsWhatRunsPredictNextToWhatWasObserved) {
  ExportInput input{test::groupSurvey(), {{"runs/tuned.jsonl", predictionsOfTea()}}};
  input.survey.items[1].observed = std::nullopt;
  const ExportResult one = exportCsv(input);
  EXPECT_THAT(one.text, HasSubstr(",refused,predicted,attribute_RACE,"));
  EXPECT_THAT(one.text, HasSubstr(",A,Green,,,,,,,,,0.75,,Female\n"));
  EXPECT_THAT(one.text, HasSubstr(",B,Black,,,,,,,,,0.25,,Female\n"));
  EXPECT_THAT(one.notes, Contains("tuned, 2 items: no prediction"));
  EXPECT_THAT(one.notes,
              Contains("tuned, 1 item: predicted, but the survey has no such population"));
  input.predictions.push_back({"runs/plain.jsonl", predictionsOfTea()});
  EXPECT_THAT(exportCsv(input).text, HasSubstr(",predicted_tuned,predicted_plain,"));
  EXPECT_THAT(
      exportWideCsv(input).text,
      HasSubstr(",predicted_tuned_1,predicted_tuned_2,predicted_tuned_3,predicted_plain_1"));
}

// A file of CSV cannot say that a text is one; a note can.
TEST(CsvExport, CountsTextsThatASpreadsheetWouldTakeForFormulas) {
  Survey survey = test::groupSurvey();
  survey.questions[0].text = "=cmd|' /C calc'!A1";
  survey.questions[1].options[0].text = "@SUM(1)";
  EXPECT_THAT(exportCsv({survey}).notes,
              Contains(HasSubstr("2 texts with =, +, - or @ first, which a spreadsheet takes for "
                                 "formulas: export xlsx")));
  EXPECT_THAT(exportCsv({test::groupSurvey()}).notes,
              testing::Not(Contains(HasSubstr("formulas"))));
}

}  // namespace
}  // namespace canvass
