#include "import/import.h"

#include "base/error.h"
#include "support/test_support.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

const std::string simllm =
    R"([{"id":1,"instruction":"How would someone from Peru answer the following question:\n\n",)"
    R"("input":"Tea? \nHere are the options: \n","options":["(A)Yes","(B)No"],)"
    R"("options_dist":{"A":25,"B":75},"data_type":"test"}])";

TEST(Importers, AreFoundByName) {
  for (const Importer& importer : importers()) {
    EXPECT_EQ(&findImporter(importer.name), &importer);
    EXPECT_FALSE(importer.summary.empty());
  }
  EXPECT_THAT(test::errorOf([] { findImporter("excel"); }),
              HasSubstr("there is no import format \"excel\"; choose one of simllm, "));
  EXPECT_THAT(test::errorOf([] { findImporter("stta"); }), HasSubstr("did you mean \"stata\"?"));
}

TEST(Importers, AreFoundByTheExtensionsOfTheirFiles) {
  const std::pair<const char*, const char*> formats[] = {
      {"sav", "spss"}, {"zsav", "spss"},    {"por", "spss"}, {"dta", "stata"},
      {"xpt", "sas"},  {"sas7bdat", "sas"}, {"tsv", "csv"}};
  for (const auto& [extension, name] : formats) EXPECT_EQ(findImporter(extension).name, name);
}

TEST(Importers, RunByName) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("tea.json", simllm);
  EXPECT_EQ(findImporter("simllm").run({path}, {}).survey.items.size(), 1u);
}

TEST(RecordPlace, NamesTheIdWhereThereIsOne) {
  EXPECT_EQ(recordPlace("a.json", 3, "12"), "a.json, record 3 (id 12)");
  EXPECT_EQ(recordPlace("a.json", 3, ""), "a.json, record 3");
}

TEST(LoadSurvey, TakesEitherFormByContent) {
  const test::TemporaryFolder folder;
  const Survey imported = loadSurvey(folder.write("tea.txt", simllm));
  EXPECT_EQ(imported.populations.at(0).id, "Peru");
  const auto path = folder.path() / "tea.json";
  writeSurvey(imported, path);
  EXPECT_EQ(surveyToJsonl(loadSurvey(path)), surveyToJsonl(imported));
}

TEST(LoadSurvey, PassesOptionsAndNotesOn) {
  const test::TemporaryFolder folder;
  ImportOptions options;
  options.topics = {{1, 1, "drinks"}};
  const auto path = folder.write("tea.json", simllm);
  const ImportResult result = loadSurveyWithNotes(path, options);
  EXPECT_EQ(result.survey.questions.at(0).topic, "drinks");
  EXPECT_FALSE(result.notes.empty());
}

TEST(LoadSurvey, RefusesOtherFiles) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.csv", "id,answer\n");
  EXPECT_EQ(test::errorOf([&] { loadSurvey(path); }),
            path.string() +
                ": this is neither a survey.jsonl nor a simllm JSON file; make a "
                "survey of it with canvass import");
  EXPECT_THAT(test::errorOf([&] { loadSurvey(folder.path() / "none"); }),
              HasSubstr("none: cannot open it"));
}

}  // namespace
}  // namespace canvass
