#include "export/csv.h"
#include "export/markdown.h"
#include "export/sample.h"
#include "export/subpop.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

// No other format has a place for them: that they are lost is said.
TEST(ExportOfDates, SaysThatTheyAreLost) {
  Survey survey = test::groupSurvey();
  survey.populations[0].date = "2020-05";
  survey.questions[1].date = "2019";
  for (const ExportResult& result :
       {exportCsv({survey}), exportMarkdown({survey}), exportSubpop(survey)}) {
    EXPECT_THAT(result.notes, Contains(HasSubstr("dates of populations and questions")));
  }
  EXPECT_THAT(exportCsv({test::groupSurvey()}).notes, Not(Contains(HasSubstr("dates"))));
}

}  // namespace
}  // namespace canvass
