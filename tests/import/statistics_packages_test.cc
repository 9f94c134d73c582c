// spss, stata and sas from the command's side; tests/microdata/readstat_test.cc has the figures.
#include "base/file.h"
#include "import/import.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

std::filesystem::path goldenPath(const std::string& name) {
  return test::sourceFolder() / "tests" / "microdata" / "golden" / name;
}

std::string mappingOf(const std::string& question) {
  return R"([survey]
language = "de"
[attributes.sex]
variable = "sex"
words = { Male = "man", Female = "woman" }
[[populations]]
by = ["sex"]
phrase = "a {sex}"
minimum = 20
[[questions]]
variable = "trust"
scale = "ordinal"
)" + question;
}

const std::string kinds =
    "dont_know = [8, \".d\"]\nrefused = [9, \".r\"]\nnot_asked = [-1, \"\"]\n";

class StatisticsPackages : public ::testing::Test {
 protected:
  ImportResult import(const std::string& format, const std::filesystem::path& file,
                      const std::string& mapping) {
    options_.mapping = folder_.write("m.toml", mapping);
    return findImporter(format).run({file}, options_);
  }

  test::TemporaryFolder folder_;
  ImportOptions options_;
};

TEST_F(StatisticsPackages, TakeOptionsAndWordsFromLabels) {
  for (const auto& [format, file] : {std::pair{"spss", "tea.sav"}, std::pair{"stata", "tea.dta"}}) {
    const ImportResult result = import(format, goldenPath(file), mappingOf(kinds));
    const Survey& survey = result.survey;
    EXPECT_EQ(survey.name, "tea");
    ASSERT_EQ(survey.questions.at(0).options.size(), 4u);
    EXPECT_EQ(survey.questions[0].options[3].text, "Gar nicht");
    EXPECT_EQ(survey.questions[0].text, "Wie sehr vertrauen Sie \"anderen\"?");
    EXPECT_EQ(survey.populations.at(1).id, "Female");
    EXPECT_EQ(survey.populations[1].phrase, "a woman");
  }
}

TEST_F(StatisticsPackages, KeepMissingUnderTheFilesLabels) {
  options_.withMissing = true;
  const ImportResult result = import("spss", goldenPath("tea.sav"),
                                     mappingOf("dont_know = [8]\nrefused = [9]\nnot_asked = "
                                               "[-1, \"\"]\n"));
  const auto& options = result.survey.questions.at(0).options;
  ASSERT_EQ(options.size(), 6u);
  EXPECT_EQ(options[4].text, "Don't know");
  EXPECT_EQ(options[5].text, "Refused");
}

TEST_F(StatisticsPackages, AskWhatKindOfMissingAUserMissingValueIs) {
  EXPECT_THAT(test::errorOf([&] {
                import("spss", goldenPath("tea.sav"),
                       mappingOf("dont_know = [8]\nnot_asked = [-1, \"\"]\n"));
              }),
              HasSubstr("m.toml:10:1: code 9 \"Refused\" of variable \"trust\" is missing by the "
                        "file's own rules, but the mapping does not say what kind of missing it "
                        "is; add it to dont_know, refused or not_asked"));
  const std::string options =
      "options = [{ code = 1, text = \"a\" }, { codes = [2, 3, 4], text = \"b\" }]\n";
  EXPECT_THAT(test::errorOf([&] {
                import("spss", goldenPath("tea.sav"),
                       mappingOf("dont_know = [8]\nnot_asked = [-1, \"\"]\n" + options));
              }),
              AllOf(HasSubstr("tea.sav, record "),
                    HasSubstr("code \"9\" \"Refused\" is missing by the file's own rules, of a "
                              "kind that the mapping does not specify")));
}

TEST_F(StatisticsPackages, RefuseWordsForAValueThatThereIsNot) {
  std::string mapping = mappingOf(kinds);
  mapping.replace(mapping.find("Female"), 6, "Femal");
  EXPECT_THAT(test::errorOf([&] { import("spss", goldenPath("tea.sav"), mapping); }),
              HasSubstr("attribute \"sex\" has no value \"Femal\"; did you mean \"Female\"?"));
}

TEST_F(StatisticsPackages, RefuseFilesOfAnotherFormatByContent) {
  const auto file = folder_.write("a.dat", "country,q\n1,2\n");
  for (const char* format : {"spss", "stata", "sas"}) {
    EXPECT_THAT(test::errorOf([&] { import(format, file, mappingOf(kinds)); }),
                HasSubstr("a.dat: this is not a"));
    EXPECT_THAT(test::errorOf([&] { import(format, folder_.path() / "b.sav", mappingOf(kinds)); }),
                HasSubstr("b.sav: cannot open it: No such file"));
    EXPECT_THAT(test::errorOf([&] { findImporter(format).run({file}, {}); }),
                HasSubstr("need a mapping"));
  }
  EXPECT_THAT(test::errorOf([&] { import("stata", goldenPath("tea.sav"), mappingOf(kinds)); }),
              HasSubstr("tea.sav: this is not a Stata file; it should be a .dta file"));
  EXPECT_THAT(test::errorOf([&] { import("spss", goldenPath("tea.dta"), mappingOf(kinds)); }),
              HasSubstr("tea.dta: this is not an SPSS file"));
}

TEST_F(StatisticsPackages, SeeThatATransportFileIsCutOff) {
  const std::string whole = readFile(goldenPath("tea.xpt"));
  const auto file = folder_.write("tea.xpt", whole.substr(0, whole.size() - 1));
  EXPECT_THAT(test::errorOf([&] { import("sas", file, mappingOf(kinds)); }),
              HasSubstr("tea.xpt: the file ends inside one of its 80-byte records"));
}

}  // namespace
}  // namespace canvass
