// What options choose of files of respondents, for an import and for a draft alike.
#include "import/csv/csv.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Choices : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string answers = "wave,age,sex,q1,q2,q3\n";
    for (int i = 0; i < 120; ++i) {
      answers += std::to_string(2021 + i % 2) + "," + std::to_string(16 + i % 60) + "," +
                 (i % 3 == 0 ? "male" : "female") + "," + (i % 4 == 0 ? "Yes" : "No") + "," +
                 (i % 5 == 0 ? "Yes" : "No") + "," + (i % 2 == 0 ? "Tea" : "Milk") + "\n";
    }
    file_ = folder_.write("answers.csv", answers);
  }

  std::string draft() { return draftCsv({file_}, options_).text; }
  ImportResult importByDraft(const std::string& text) {
    ImportOptions options = options_;
    options.mapping = folder_.write("m.toml", text);
    return importCsv({file_}, options);
  }
  std::vector<std::string> questionsOf(const Survey& survey) {
    std::vector<std::string> ids;
    for (const Question& one : survey.questions) ids.push_back(one.id);
    return ids;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path file_;
  ImportOptions options_;
};

TEST_F(Choices, OfQuestionsAreTheSameForDraftAndImport) {
  const std::string whole = draft();
  EXPECT_THAT(questionsOf(importByDraft(whole).survey), ElementsAre("q1", "q2", "q3"));
  options_.questions = {"q1-q2"};
  EXPECT_THAT(questionsOf(importByDraft(whole).survey), ElementsAre("q1", "q2"));
  EXPECT_THAT(importByDraft(whole).notes,
              Contains("1 question left out by --questions and --drop"));
  options_.drop = {"q2"};
  EXPECT_THAT(questionsOf(importByDraft(whole).survey), ElementsAre("q1"));
  const std::string chosen = draft();
  options_ = {};
  EXPECT_THAT(questionsOf(importByDraft(chosen).survey), ElementsAre("q1"));
  EXPECT_THAT(chosen, HasSubstr("[attributes.sex]"));
  options_.drop = {"q1", "q2", "q3"};
  EXPECT_THAT(errorOf([&] { importByDraft(whole); }), HasSubstr("leave no question"));
  options_.drop = {"q8"};
  EXPECT_THAT(errorOf([&] { importByDraft(whole); }),
              HasSubstr("--drop: there is no variable \"q8\""));
  EXPECT_THAT(errorOf([&] { draft(); }), HasSubstr("--drop: there is no variable \"q8\""));
}

TEST_F(Choices, OfRecordsAreCounted) {
  options_.where = "wave == 2022 and age >= 18";
  const MappingDraft draft = draftCsv({file_}, options_);
  EXPECT_THAT(draft.notes, Contains(HasSubstr("left out by --where, of 120")));
  const ImportResult result = importByDraft(draft.text);
  EXPECT_THAT(result.notes, Contains("58 respondents read"));
  EXPECT_THAT(result.notes, Contains("62 records left out by --where, of 120"));
  options_.where = "wave == 1999";
  EXPECT_THAT(errorOf([&] { draftCsv({file_}, options_); }), HasSubstr("answers.csv: "));
  EXPECT_THAT(errorOf([&] { importByDraft(draft.text); }), HasSubstr("no respondents"));
}

TEST_F(Choices, OfWordsComeFromTables) {
  options_.wording = folder_.write("words.csv", "variable,text\nq1,\"Do you drink tea, ever?\"\n");
  options_.variableTopics = {{"q1", "drinks"}, {"q7", "none"}};
  options_.codebook = folder_.write(
      "labels.csv",
      "variable,code,label\nq1,Yes,Yes\nq1,No,No\nq2,,And milk?\nq2,Yes,Indeed\nq2,No,Never\n");
  const std::string text = draft();
  EXPECT_THAT(text, HasSubstr("text = \"Do you drink tea, ever?\"\ntopic = \"drinks\""));
  EXPECT_THAT(text, HasSubstr("# the options are the file's labels: Never | Indeed"));
  options_.wording = folder_.write("words.csv", "variable,text\nq2,Other words?\n");
  const ImportResult result = importByDraft(text);
  EXPECT_EQ(result.survey.questions[1].text, "Other words?");
  EXPECT_EQ(result.survey.questions[0].topic, "drinks");
  EXPECT_THAT(result.notes, Contains("1 variable of --topics not a question of the mapping: q7"));
}

TEST_F(Choices, SayThatNoWeightIsUsed) {
  const std::string text = draft();
  EXPECT_THAT(text, HasSubstr("#   no weight found: unweighted\n"));
  const ImportResult result = importByDraft(text);
  EXPECT_EQ(result.survey.weighting, "unweighted");
  EXPECT_THAT(result.notes, Contains("no weight is used: every respondent counts equally"));
}

// 120 lines, half of each.
std::string manyLines(const std::string& header, const std::string& one, const std::string& other) {
  std::string text = header + "\n";
  for (int i = 0; i < 120; ++i) text += (i % 2 == 0 ? one : other) + "\n";
  return text;
}

TEST_F(Choices, OfACrosswalkMakeOneSurveyOfWaves) {
  const auto first = folder_.write("w2019.csv", manyLines("q5,sex", "Yes,male", "Yes,female"));
  const auto second =
      folder_.write("w2021.csv", manyLines("q7,q8,sex", "No,Tea,female", "No,Tea,male"));
  options_.crosswalk = folder_.write("waves.csv", "variable,2019,2021\ntrust,q5,q7\ndrink,,q8\n");
  const MappingDraft draft = draftCsv({first, second}, options_);
  EXPECT_THAT(draft.text, HasSubstr("by = [\"sex\", \"wave\"]"));
  ImportOptions options = options_;
  options.mapping = folder_.write("m.toml", draft.text + R"(
[[questions]]
variable = "drink"
text = "What do you drink?"
scale = "nominal"
options = [{ code = "Tea", text = "Tea" }, { code = "Milk", text = "Milk" }]
not_asked = [""]
)");
  const Survey survey = importCsv({first, second}, options).survey;
  EXPECT_THAT(questionsOf(survey), ElementsAre("trust", "drink"));
  std::vector<std::string> names;
  for (const Population& one : survey.populations) names.push_back(one.name);
  EXPECT_THAT(names, Contains("male, 2019"));
  EXPECT_THAT(names, Contains("male, 2021"));
}

}  // namespace
}  // namespace canvass
