// A survey that is exported and imported is the survey, but for what the notes say is lost.
#include <fmt/format.h>

#include "export/export.h"
#include "export/sample.h"
#include "import/import.h"
#include "support/test_support.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pointwise;

class RoundTrip : public ::testing::Test {
 protected:
  Survey throughFormat(const std::string& format, const Survey& survey) {
    result_ = findExporter(format).run({survey});
    const auto file = folder_.write("tea", result_.text);
    return findImporter(format).run({file}, {}).survey;
  }

  test::TemporaryFolder folder_;
  ExportResult result_;
};

// `difference`: that of the last bits, where shares become percentages and proportions again.
void expectSameDistributions(const Survey& read, const Survey& written, double difference) {
  ASSERT_EQ(read.items.size(), written.items.size());
  for (std::size_t i = 0; i < read.items.size(); ++i) {
    EXPECT_EQ(read.items[i].question, written.items[i].question);
    EXPECT_EQ(read.items[i].population, written.items[i].population);
    EXPECT_THAT(*read.items[i].observed,
                Pointwise(DoubleNear(difference), *written.items[i].observed));
  }
}

TEST_F(RoundTrip, KeepsGroupsInSubpop) {
  Survey survey = test::groupSurvey();
  survey.questions[0].topic.clear();
  survey.items[0].observed = Distribution{0.6, 0.3, 0.1};  // which sum to 0.9999999999999999
  const Survey read = throughFormat("subpop", survey);
  EXPECT_EQ(read.questions, survey.questions);
  EXPECT_EQ(read.populations, survey.populations);
  expectSameDistributions(read, survey, 0.0);
  for (std::size_t i = 0; i < read.items.size(); ++i) {
    EXPECT_EQ(read.items[i].refused, survey.items[i].refused);
    EXPECT_EQ(read.items[i].respondents, std::nullopt);
  }
  EXPECT_THAT(result_.notes,
              Contains("the format cannot hold ids, names and phrases (2 populations), n (2 "
                       "items), n_eff (1 item), dont_know (1 item)"));
}

TEST_F(RoundTrip, GivesOrdinalQuestionsValuesInSubpop) {
  Survey survey = test::groupSurvey();
  for (Option& option : survey.questions[0].options) option.value.reset();
  EXPECT_EQ(throughFormat("subpop", survey).questions[0].options[2].value, 3.0);
}

// -1 means no order there; only differences between values matter.
TEST_F(RoundTrip, MovesNegativeValuesUpInSubpop) {
  Survey survey = test::groupSurvey();
  survey.questions[0].options = {{"A", "No", -1.0}, {"B", "So-so", 0.0}, {"C", "Yes", 1.0}};
  const Survey read = throughFormat("subpop", survey);
  EXPECT_EQ(read.questions[0].scale, Scale::ordinal);
  EXPECT_EQ(read.questions[0].options[0].value, 1.0);
  EXPECT_EQ(read.questions[0].options[2].value, 3.0);
  EXPECT_THAT(result_.notes, Contains(HasSubstr("the values of 1 question are shifted up")));
}

TEST_F(RoundTrip, ReadsTextsThatLookLikeListsInSubpop) {
  Survey survey = test::groupSurvey();
  survey.populations[0].attributes = {{"SEX", "['Male']"}};
  EXPECT_EQ(throughFormat("subpop", survey).populations[0].attributes,
            survey.populations[0].attributes);
}

TEST_F(RoundTrip, LeavesOutOfSubpopWhatHasNoGroup) {
  Survey survey = test::groupSurvey();
  survey.populations.push_back({"all", "All", "someone", {}});
  survey.populations.push_back({"again", "Again", "a woman", {{"SEX", "Female"}}});
  survey.items.push_back({0, 2, Distribution{1.0, 0.0, 0.0}, {}, {}});
  survey.items.push_back({0, 3, Distribution{1.0, 0.0, 0.0}, {}, {}});
  survey.items.push_back({1, 1, {}, {}, {}});
  EXPECT_EQ(throughFormat("subpop", survey).items.size(), 3u);
  EXPECT_EQ(result_.leftOut, 3u);
  EXPECT_THAT(result_.notes, Contains("1 item left out: the population has no attribute: All"));
  EXPECT_THAT(result_.notes,
              Contains("1 item left out: an earlier population has the same attributes: Again"));
  EXPECT_THAT(result_.notes, Contains("1 item left out: there is no distribution: TEA"));
}

Survey countrySurvey(const std::string& language, const std::string& before,
                     const std::string& after) {
  Survey survey;
  survey.name = "tea";
  survey.language = language;
  survey.questions = {{"7",
                       "茶 \"tea\"? ",
                       "",
                       {{"A", "(Very) much", {}}, {"B", "Not\nat all", {}}, {"C", "", {}}},
                       Scale::ordinal,
                       {}}};
  for (const char* country : {"Japan", "S. Korea"}) {
    survey.populations.push_back(
        {country, country, before + country + after, {{"country", country}}});
    survey.items.push_back({0,
                            survey.populations.size() - 1,
                            Distribution{1.0 / 3, 1.0 / 7, 1.0 - 1.0 / 3 - 1.0 / 7},
                            {},
                            {}});
  }
  return survey;
}

TEST_F(RoundTrip, KeepsCountriesInSimllm) {
  for (const Survey& survey :
       {countrySurvey("en", "someone from ", ""), countrySurvey("zh", "来自", "的人")}) {
    const Survey read = throughFormat("simllm", survey);
    EXPECT_EQ(read.questions, survey.questions);
    EXPECT_EQ(read.populations, survey.populations);
    EXPECT_EQ(read.language, survey.language);
    expectSameDistributions(read, survey, 1e-15);
    EXPECT_THAT(result_.notes, testing::ElementsAre("the format cannot hold the survey's name"));
  }
}

TEST_F(RoundTrip, WritesSimllmAsItsReadersKnowIt) {
  Survey survey = countrySurvey("en", "someone from ", "");
  survey.questions[0] = {"7", "Tea?", "", {{"A", "Yes", {}}, {"B", "No", {}}}, Scale::ordinal, {}};
  survey.items = {{0, 0, Distribution{0.75, 0.25}, {}, {}}, {0, 1, Distribution{0.0, 1.0}, {}, {}}};
  EXPECT_EQ(findExporter("simllm").run({survey}).text,
            R"([
 {"id":"7","instruction":"How would someone from Japan answer the following question:\n\n","input":"Tea? \nHere are the options: \n","options":["(A)Yes","(B)No"],"options_dist":{"A":75.0,"B":25.0}},
 {"id":"7","instruction":"How would someone from S. Korea answer the following question:\n\n","input":"Tea? \nHere are the options: \n","options":["(A)Yes","(B)No"],"options_dist":{"A":0.0,"B":100.0}}
]
)");
}

TEST_F(RoundTrip, LeavesOutOfSimllmWhomItCannotName) {
  Survey survey = countrySurvey("en", "someone from ", "");
  survey.populations.push_back({"jp-f", "Japan, women", "a woman from Japan", {}});
  survey.populations.push_back({"Japan (Old)", "Japan (Old)", "someone from Japan", {}});
  survey.items.push_back({0, 2, Distribution{1.0, 0.0, 0.0}, 10.0, {}});
  survey.items.push_back({0, 3, Distribution{1.0, 0.0, 0.0}, {}, {}});
  EXPECT_EQ(throughFormat("simllm", survey).items.size(), 2u);
  EXPECT_EQ(result_.leftOut, 2u);
  EXPECT_THAT(result_.notes, Contains(HasSubstr("the format only holds populations \"someone from "
                                                "X\": Japan, women (\"a woman from Japan\")")));
  EXPECT_THAT(result_.notes,
              Contains(HasSubstr("an earlier population has the same words: Japan (Old)")));
  EXPECT_THAT(result_.notes, Contains(HasSubstr("n (1 item)")));
}

TEST_F(RoundTrip, SaysThatSimllmKeepsOnlyNames) {
  Survey survey = countrySurvey("en", "someone from ", "");
  survey.populations[0].id = "JPN";
  throughFormat("simllm", survey);
  EXPECT_THAT(result_.notes,
              Contains(HasSubstr("only the X of \"someone from X\" is kept for 1 population")));
}

TEST(Exporters, AreFoundByNameAndRefuseWhatTheyCannotHold) {
  for (const Exporter& exporter : exporters()) {
    EXPECT_EQ(&findExporter(exporter.name), &exporter);
    EXPECT_FALSE(exporter.summary.empty());
  }
  EXPECT_EQ(
      test::errorOf([] { findExporter("excel"); }),
      "there is no export format \"excel\"; choose one of csv, csv-wide, xlsx, markdown, sav, "
      "dta, simllm, subpop");
  EXPECT_THAT(test::errorOf([] { findExporter("simllm").run({test::groupSurvey()}); }),
              HasSubstr("the format simllm can hold none of the survey's items; 3 items left out"));
  Survey german = countrySurvey("de", "someone from ", "");
  EXPECT_EQ(test::errorOf([&] { findExporter("simllm").run({german}); }),
            "tea: the format simllm has no wording in the language \"de\"; it has English and "
            "Chinese");
  Survey nobody = test::groupSurvey();
  for (Population& population : nobody.populations) population.attributes.clear();
  EXPECT_THAT(test::errorOf([&] { findExporter("subpop").run({nobody}); }),
              HasSubstr("the format subpop can hold none of the survey's items"));
}

// The real files come back as they were, record by record.
TEST_F(RoundTrip, KeepsTheWorldValuesSurvey) {
  CANVASS_NEEDS_SHARED_DATA();
  for (const char* name : {"wvs7/valid.json", "wvs7/valid_zh.json"}) {
    Survey survey = loadSurvey(test::sharedDataFolder() / name);
    const Survey read = throughFormat("simllm", survey);
    EXPECT_EQ(read.questions, survey.questions);
    EXPECT_EQ(read.populations, survey.populations);
    expectSameDistributions(read, survey, 1e-15);
  }
}

}  // namespace
}  // namespace canvass
