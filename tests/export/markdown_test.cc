#include "export/markdown.h"

#include "export/sample.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

TEST(MarkdownExport, HasATableForEachQuestion) {
  Survey survey = test::groupSurvey();
  survey.name = "Tea";
  survey.questions[0].text = "How safe | *really*?\nSay <b>";
  Predictions predictions;
  predictions.predictions = {{"TEA", "SEX = Female", {"A", "B"}, {0.75, 0.25}, {}, {}}};
  const ExportResult result = exportMarkdown({survey, {{"runs/tuned.jsonl", predictions}}});
  EXPECT_EQ(result.text,
            "# Tea\n\n"
            "## SAFE\n\nHow safe \\| \\*really\\*? Say \\<b\\>\n\n"
            "| % | Very, very | So-so | Not | n |\n|:---|---:|---:|---:|---:|\n"
            "| SEX = Female | 50.0 | 25.0 | 25.0 | 200 |\n"
            "| RACE = Black, SEX = Male | 25.0 | 75.0 | 0.0 | 50 |\n\n"
            "## TEA\n\nTea?\n\n"
            "| % | Green | Black | n |\n|:---|---:|---:|---:|\n"
            "| SEX = Female | 100.0 | 0.0 |  |\n"
            "| SEX = Female, predicted by tuned | 75.0 | 25.0 |  |\n\n");
  EXPECT_THAT(result.notes, Contains(HasSubstr("the format cannot hold topics (1 question)")));
}

TEST(MarkdownExport, LeavesEmptyWhatWasNotObserved) {
  Survey survey = test::groupSurvey();
  survey.items = {{1, 0, {}, 12.0, 6.0}};
  EXPECT_THAT(exportMarkdown({survey}).text, HasSubstr("| SEX = Female | | | 12 |\n"));
}

}  // namespace
}  // namespace canvass
