// Files of the World Values Survey's shape, with a codebook of our own words.
#include "import/wvs/wvs.h"

#include <fmt/format.h>

#include "base/file.h"
#include "microdata/codebook.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string codebook = R"({
"B_COUNTRY":{"question":"Country","choices":{"604":"Peru","392":"Japan"}},
"B_COUNTRY_ALPHA":{"question":"Country","choices":{"PER":"Peru","JPN":"Japan"}},
"cntry":{"question":"Country","choices":{"604":"Peru","392":"Japan"}},
"V2":{"question":"Country","choices":{"604":"Peru","392":"Japan"}},
"V258":{"question":"Weight","choices":{}},
"V259":{"question":"Something else","choices":{}},
"V4":{"question":"Tea matters","choices":{"1":"Very much","2":"A little","-1":"Don't know"}},
"A001":{"question":"Tea matters","choices":{"1":"Very much","2":"A little","-1":"Don't know"}},
"Q1":{"question":"Tea matters","choices":{"1":"Very much","2":"A little","3":"Not at all",
  "-1":"Don\u00B4t know","-2":"No answer","-4":"Not asked","-5":"Missing"}},
"Q2":{"question":"Which drink","choices":{"1":"Tea","2":"Coffee","3":"Water"}},
"Q3":{"question":"Calm after tea","choices":{"3":"Fully","2":"2","1":"None","-5":"Missing"}},
"Q4":{"question":"Year","choices":{"-5":"Missing"}},
"Q260":{"question":"Sex","choices":{"1":"Male","2":"Female"}}
})";

// Fifty respondents of each country; the answers of the first are as given, all others say 1.
std::string fileOf(const std::string& header, const std::vector<std::string>& first,
                   const std::string& other) {
  std::string text = header + "\n";
  for (const std::string& line : first) text += line + "\n";
  for (int i = 0; i < 50; ++i) text += other + "\n";
  return text;
}

class WvsImport : public ::testing::Test {
 protected:
  ImportResult import(const std::string& text) {
    options_.codebook = folder_.write("codebook.json", codebook);
    return importWvs({folder_.write("wvs.csv", text)}, options_);
  }

  test::TemporaryFolder folder_;
  ImportOptions options_;
};

const std::string wave7 = "version,B_COUNTRY,W_WEIGHT,Q1,Q2,Q3,Q4,Q260";

TEST_F(WvsImport, NeedsNoMappingForWave7) {
  const ImportResult result =
      import(fileOf(wave7,
                    {"x,604,25,2,3,3,1990,1", "x,604,5,-1,1,1,1991,2", "x,604,10,-2,,-5,1992,1",
                     "x,604,10,-4,1,2,1993,1", "x,392,1,1,1,1,1990,1", "x,999,1,1,1,1,1990,1"},
                    "x,604,0.5,1,2,1,1990,1"));
  const Survey& survey = result.survey;
  ASSERT_EQ(survey.questions.size(), 3u);
  EXPECT_EQ(survey.questions[0].id, "Q1");
  EXPECT_EQ(survey.questions[0].scale, Scale::ordinal);
  EXPECT_EQ(survey.questions[0].options.at(2).text, "Not at all");
  EXPECT_EQ(survey.questions[1].scale, Scale::nominal);
  EXPECT_EQ(survey.questions[2].scale, Scale::interval);
  EXPECT_EQ(survey.questions[2].options.at(2).value, 3.0);
  ASSERT_EQ(survey.populations.size(), 1u);
  EXPECT_EQ(survey.populations[0].phrase, "someone from Peru");
  const Item& item = survey.items.at(0);
  EXPECT_THAT(*item.observed, ElementsAre(0.5, 0.5, 0.0));
  EXPECT_EQ(item.respondents, 51.0);
  EXPECT_EQ(item.dontKnow, 5.0 / 65.0);
  EXPECT_EQ(item.refused, 10.0 / 65.0);
  EXPECT_THAT(result.notes, Contains(HasSubstr("Japan (1 of at least 50)")));
  EXPECT_THAT(result.notes, Contains(HasSubstr("\"country\" (code \"999\": 1)")));
  EXPECT_THAT(result.notes, Contains("1 variable not usable as a question: Q4: no answers"));
}

TEST_F(WvsImport, KnowsTheColumnsOfOtherEditions) {
  const ImportResult joint = import(fileOf("cntry,A001,X001", {}, "604,1,1"));
  EXPECT_EQ(joint.survey.questions.at(0).id, "A001");
  EXPECT_THAT(joint.notes, Contains(HasSubstr("no weight is used")));
  const ImportResult letters = import(fileOf("B_COUNTRY_ALPHA,Q1", {}, "JPN,1"));
  EXPECT_EQ(letters.survey.populations.at(0).id, "Japan");
  // V259 is the weight of another wave: here its label says that it is none.
  const ImportResult old = import(fileOf("V2,V259,V258,V4", {"604,-7,50,2"}, "604,-7,1,1"));
  EXPECT_EQ(old.survey.questions.at(0).id, "V4");
  EXPECT_THAT(*old.survey.items.at(0).observed, ElementsAre(0.5, 0.5));
}

TEST_F(WvsImport, TakesFullWordsWhereGiven) {
  options_.wording = folder_.write("words.csv", "variable,text\nQ1,\"How much, if at all?\"\n");
  const Survey survey = import(fileOf(wave7, {}, "x,604,1,1,2,1,1990,1")).survey;
  EXPECT_EQ(survey.questions[0].text, "How much, if at all?");
  EXPECT_EQ(survey.questions[1].text, "Which drink");
}

TEST_F(WvsImport, FaultsOfTheWordingAreNamedByLine) {
  const std::pair<const char*, const char*> faults[] = {
      {"id,text\n", "words.csv:1: the header is not variable,text"},
      {"variable,text\nQ1,a,b\n", "words.csv:2: the line is not a variable and its text"},
      {"variable,text\nQ1,\n", "words.csv:2: the line is not"},
      {"variable,text\nQ1,a\nQ1,b\n", "words.csv:3: the variable \"Q1\" appears twice"},
      {"variable,text\nQ1,\xE4\n", "words.csv: the text is not UTF-8 at byte 17"}};
  for (const auto& [text, message] : faults) {
    options_.wording = folder_.write("words.csv", text);
    EXPECT_THAT(test::errorOf([&] { import(fileOf(wave7, {}, "x,604,1,1,2,1,1990,1")); }),
                HasSubstr(message));
  }
}

TEST_F(WvsImport, DraftsAMappingToBeChangedAndUsed) {
  options_.codebook = folder_.write("codebook.json", codebook);
  const auto file = folder_.write("wvs.csv", fileOf(wave7, {}, "x,604,1,1,2,1,1990,1"));
  const std::string draft = draftWvs({file}, options_).text;
  EXPECT_THAT(draft,
              AllOf(HasSubstr("\ndont_know = [-1]  # check: "),
                    HasSubstr("\nrefused = [-2]  # check: No answer\nnot_asked = [-5, -4]")));
  options_.mapping = folder_.write("m.toml", draft);
  const Survey survey = importWvs({file}, options_).survey;
  // Too few answers to divide them.
  EXPECT_EQ(survey.populations.size(), 1u);
  EXPECT_EQ(survey.populations.at(0).id, "all respondents");
}

TEST_F(WvsImport, SaysWhatIsMissing) {
  EXPECT_THAT(test::errorOf([&] { importWvs({folder_.write("a.csv", "B_COUNTRY\n1\n")}, {}); }),
              HasSubstr("needs a codebook: what its codes mean; name it with --codebook"));
  EXPECT_THAT(test::errorOf([&] { import("country,Q1\n1,1\n"); }),
              HasSubstr("wvs.csv: there is no country column; the file should have one of "
                        "B_COUNTRY (wave 7), cntry (joint EVS/WVS), V2 (waves 5 and 6)"));
  EXPECT_THAT(test::errorOf([&] { import("cntry_AN,A001\nPE,1\n"); }),
              HasSubstr("the codebook does not say which countries the codes of \"cntry_AN\" are"));
  EXPECT_THAT(test::errorOf([&] { import("B_COUNTRY,Q9\n604,1\n"); }),
              HasSubstr("no question has labels in the codebook"));
  EXPECT_THAT(test::errorOf([&] { import("B_COUNTRY,Q2\n604,9\n"); }),
              HasSubstr("wvs.csv:2: question \"Q2\": code \"9\" is not one of its options"));
}

// The survey's own codebook: every question that its published tables have is one here, with as
// many options.
TEST_F(WvsImport, ReadsTheSurveysOwnCodebook) {
  CANVASS_NEEDS_SHARED_DATA();
  const auto folder = test::sharedDataFolder() / "wvs7";
  const Codebook book = readCodebook(folder / "codebook.json");
  std::string header = "B_COUNTRY,W_WEIGHT";
  std::string line = "604,1";
  for (int i = 1; i <= 259; ++i) {
    header += fmt::format(",Q{}", i);
    line += ",1";
  }
  options_.codebook = folder / "codebook.json";
  const Survey survey =
      importWvs({folder_.write("wvs.csv", fileOf(header, {}, line))}, options_).survey;
  const Survey published = loadSurvey(folder / "train.json");
  const SurveyIndex index(survey);
  for (const Question& question : published.questions) {
    const auto found = index.question("Q" + question.id);
    ASSERT_TRUE(found) << question.id;
    EXPECT_EQ(survey.questions[*found].options.size(), question.options.size()) << question.id;
  }
}

}  // namespace
}  // namespace canvass
