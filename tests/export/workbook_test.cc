#include "export/workbook.h"

#include "base/child_process.h"
#include "base/file.h"
#include "export/sample.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

// The parts of the archive that a workbook is, one after another.
std::string partsOf(const std::string& workbook) {
  const test::TemporaryFolder folder;
  const auto file = folder.write("survey.xlsx", workbook).string();
  const std::string program =
      "import sys, zipfile\n"
      "archive = zipfile.ZipFile(sys.argv[1])\n"
      "for name in archive.namelist(): print(name, archive.read(name).decode())\n";
  const auto result = runChild({"python3", "-c", program, file}, "");
  EXPECT_TRUE(result && result->exitCode == 0) << (result ? result->errors : "no python3");
  return result ? result->output : "";
}

TEST(WorkbookExport, HasTheLongTableTheWideOneAndWhatTheirColumnsAre) {
  Survey survey = test::groupSurvey();
  survey.name = "Tea";
  survey.source = "The tea board";
  const ExportResult result = exportWorkbook({survey});
  const std::string parts = partsOf(result.text);
  for (const char* sheet : {"name=\"shares\"", "name=\"wide\"", "name=\"about\""}) {
    EXPECT_THAT(parts, HasSubstr(sheet));
  }
  // Eight options in rows, three items in rows; shares as numbers.
  EXPECT_THAT(parts, HasSubstr("<dimension ref=\"A1:S9\"/>"));
  EXPECT_THAT(parts, HasSubstr("<dimension ref=\"A1:W4\"/>"));
  EXPECT_THAT(parts, HasSubstr("<v>0.05</v>"));
  EXPECT_THAT(parts, HasSubstr("The tea board"));
  EXPECT_THAT(parts, HasSubstr("Standard error of the share"));
  EXPECT_EQ(result.items, 3u);
  EXPECT_THAT(result.notes, Contains("2 items without n_eff: se is empty"));
}

TEST(WorkbookExport, KeepsEveryTextAText) {
  struct Case {
    const char* text;
    const char* written;  // in the archive
  };
  for (const auto& [text, written] :
       std::initializer_list<Case>{{"=cmd|' /C calc'!A1", "<t>=cmd|' /C calc'!A1</t>"},
                                   {"{=1+1}", "<t>{=1+1}</t>"},
                                   {"https://tea.example", "<t>https://tea.example</t>"},
                                   {"0123", "<t>0123</t>"},
                                   {"a <b> & \"c\"", "<t>a &lt;b&gt; &amp; \"c\"</t>"},
                                   {"_x0041_", "<t>_x005F_x0041_</t>"},
                                   {"\x01", "<t>_x0001_</t>"},
                                   {" tea ", "<t xml:space=\"preserve\"> tea </t>"}}) {
    Survey survey = test::groupSurvey();
    survey.questions[0].text = text;
    const std::string parts = partsOf(exportWorkbook({survey}).text);
    EXPECT_THAT(parts, HasSubstr(written));
    EXPECT_THAT(parts, Not(HasSubstr("<f>")));
    EXPECT_THAT(parts, Not(HasSubstr("<hyperlink")));
  }
}

TEST(WorkbookExport, SaysWhatASheetCannotHold) {
  Survey survey = test::groupSurvey();
  survey.questions[0].text = std::string(32768, 'a');
  EXPECT_THAT(
      test::errorOf([&] { exportWorkbook({survey}); }),
      AllOf(HasSubstr("Excel cannot hold this survey (row 2, column 2"), HasSubstr("export csv")));
}

}  // namespace
}  // namespace canvass
