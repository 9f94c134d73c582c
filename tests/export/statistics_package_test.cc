// Files for SPSS and Stata, read back by the reader of respondents' files.
#include "export/statistics_package.h"

#include "base/progress.h"
#include "export/sample.h"
#include "microdata/readstat/readstat_reader.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Package {
  StatisticsFormat format;
  ExportResult (*write)(const ExportInput&);
};

class StatisticsPackageExport : public ::testing::TestWithParam<Package> {
 protected:
  std::unique_ptr<MicrodataReader> written(const ExportInput& input) {
    result_ = GetParam().write(input);
    const auto file = folder_.write("survey", result_.text);
    return openStatisticsFile({file, GetParam().format, ""});
  }

  static const Variable& variableOf(const MicrodataReader& reader, const std::string& name) {
    for (const Variable& one : reader.variables()) {
      if (one.name == name) return one;
    }
    throw std::runtime_error("no variable " + name);
  }

  // The values of all records, as a mapping writes them.
  static std::vector<std::string> columnOf(MicrodataReader& reader, const std::string& name) {
    std::vector<std::string> values;
    for (std::size_t i = 0; i < reader.variables().size(); ++i) {
      if (reader.variables()[i].name != name) continue;
      reader.read(
          {i},
          [&](const RespondentRecord& record) { values.push_back(codeText(record.values[0])); },
          noProgress());
    }
    return values;
  }

  test::TemporaryFolder folder_;
  ExportResult result_;
};

TEST_P(StatisticsPackageExport, HasLabelledVariables) {
  const auto reader = written({test::groupSurvey()});
  EXPECT_EQ(variableOf(*reader, "question_text").label, "Wording of the question");
  EXPECT_THAT(
      variableOf(*reader, "population_name").valueLabels,
      ElementsAre(ValueLabel{"1", "SEX = Female"}, ValueLabel{"2", "RACE = Black, SEX = Male"}));
  EXPECT_THAT(columnOf(*reader, "question"),
              ElementsAre("SAFE", "SAFE", "SAFE", "TEA", "TEA", "SAFE", "SAFE", "SAFE"));
  EXPECT_THAT(columnOf(*reader, "option_text"), Contains("Very, very"));
  EXPECT_THAT(columnOf(*reader, "share"),
              ElementsAre("0.5", "0.25", "0.25", "1", "0", "0.25", "0.75", "0"));
  EXPECT_THAT(columnOf(*reader, "attribute_RACE"), ElementsAre("", "", "", "", "", "1", "1", "1"));
  EXPECT_THAT(columnOf(*reader, "n"), ElementsAre("200", "200", "200", "", "", "50", "50", "50"));
  EXPECT_EQ(result_.items, 3u);
}

TEST_P(StatisticsPackageExport, KeepsLongAndForeignTexts) {
  Survey survey = test::groupSurvey();
  survey.questions[0].text = std::string(700, 'q') + "?";
  survey.questions[1].text = "=1+1 茶?";
  const auto reader = written({survey});
  EXPECT_THAT(columnOf(*reader, "question_text"),
              AllOf(Contains(survey.questions[0].text), Contains("=1+1 茶?")));
}

TEST_P(StatisticsPackageExport, GivesEveryAttributeAVariable) {
  Survey survey = test::groupSurvey();
  survey.populations[0].attributes = {
      {"Возраст", "18"}, {"sex", "f"}, {"Sex", "F"}, {"a very long name of an attribute", "1"}};
  const auto reader = written({survey});
  EXPECT_EQ(variableOf(*reader, "attribute_SEX").label, "Attribute SEX");
  EXPECT_EQ(variableOf(*reader, "attribute_sex_3").label, "Attribute sex");
  EXPECT_EQ(variableOf(*reader, "attribute_a_very_long_name_of_an").label,
            "Attribute a very long name of an attribute");
  EXPECT_EQ(variableOf(*reader, "attribute_______________").label, "Attribute Возраст");
}

INSTANTIATE_TEST_SUITE_P(All, StatisticsPackageExport,
                         ::testing::Values(Package{StatisticsFormat::spssSystem, exportSpss},
                                           Package{StatisticsFormat::stata, exportStata}));

// In whole letters, and with a word.
TEST(SpssExport, CutsValueLabelsOffAtItsLimit) {
  Survey survey = test::groupSurvey();
  survey.questions[0].topic = std::string(119, 't') + "茶";
  EXPECT_THAT(exportSpss({survey}).notes,
              Contains("1 text cut off: a value label holds 120 bytes, a text 32767"));
  survey.questions[0].topic = "tea";
  EXPECT_THAT(exportSpss({survey}).notes, testing::Contains("2 items without n_eff: se is empty"));
}

}  // namespace
}  // namespace canvass
