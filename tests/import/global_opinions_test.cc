#include "import/global_opinions/global_opinions.h"

#include <fmt/format.h>

#include "base/error.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string globalOpinionsHeader = "question,selections,options,source\n";

std::string quoted(std::string text) {
  for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) {
    text.insert(at, 1, '"');
  }
  return '"' + text + '"';
}

// One line of the file; each part is a field's text.
struct GlobalLine {
  std::string question = "Is life good?";
  std::string selections = "{'Angola': [0.5, 0.3, 0.2]}";
  std::string options = "['Yes', \"It's so-so\", 'No']";
  std::string source = "GAS";

  std::string csv() const {
    return fmt::format("{},{},{},{}\n", quoted(question),
                       quoted("defaultdict(<class 'list'>, " + selections + ")"), quoted(options),
                       source);
  }
};

class GlobalOpinions : public ::testing::Test {
 protected:
  ImportResult import(const std::string& text, ImportOptions options = {}) {
    return importGlobalOpinions({folder_.write("global.csv", text)}, options);
  }
  ImportResult importSkipping(const std::string& text) {
    ImportOptions options;
    options.skipInvalid = true;
    return import(text, options);
  }

  test::TemporaryFolder folder_;
};

TEST_F(GlobalOpinions, MakesASurvey) {
  const ImportResult result = import(
      globalOpinionsHeader +
      GlobalLine{.selections = "{'Angola': [0.5, 0.3, 0.2], 'S. Korea': [0.1, 0.2, 0.7]}"}.csv());
  const Survey& survey = result.survey;
  ASSERT_THAT(survey.questions, SizeIs(1));
  EXPECT_EQ(survey.questions[0],
            (Question{"GAS-1",
                      "Is life good?",
                      "",
                      {{"A", "Yes", {}}, {"B", "It's so-so", {}}, {"C", "No", {}}},
                      Scale::ordinal,
                      {}}));
  ASSERT_THAT(survey.populations, SizeIs(2));
  EXPECT_EQ(
      survey.populations[1],
      (Population{"S. Korea", "S. Korea", "someone from S. Korea", {{"country", "S. Korea"}}}));
  EXPECT_THAT(*survey.items[1].observed, ElementsAre(0.1, 0.2, 0.7));
  EXPECT_EQ(survey.items[0].respondents, std::nullopt);
  EXPECT_EQ(survey.name, "global");
  EXPECT_THAT(result.skipped, IsEmpty());
  EXPECT_THAT(result.notes, Contains(HasSubstr("does not say which questions are nominal")));
}

// One text asked by two surveys is two questions, each with its own options.
TEST_F(GlobalOpinions, NamesQuestionsBySourceAndRecord) {
  const Survey survey =
      import(globalOpinionsHeader + GlobalLine{}.csv() + GlobalLine{.source = "WVS"}.csv()).survey;
  EXPECT_EQ(survey.questions[0].id, "GAS-1");
  EXPECT_EQ(survey.questions[1].id, "WVS-2");
  EXPECT_EQ(survey.questions[0].text, survey.questions[1].text);
  EXPECT_THAT(survey.items, SizeIs(2));
}

TEST_F(GlobalOpinions, NeverMergesSamplesOfOneCountry) {
  const Survey survey =
      import(globalOpinionsHeader +
             GlobalLine{.selections = "{'India (Current national sample)': [0.5, 0.3, 0.2], "
                                      "'India (Non-national sample)': [0.2, 0.3, 0.5], "
                                      "'China (mainland)': [0, 0, 1]}"}
                 .csv())
          .survey;
  ASSERT_THAT(survey.populations, SizeIs(3));
  EXPECT_EQ(survey.populations[0].id, "India (Current national sample)");
  EXPECT_EQ(survey.populations[0].phrase, "someone from India");
  EXPECT_THAT(survey.populations[1].attributes,
              ElementsAre(testing::Pair("country", "India"),
                          testing::Pair("sample", "Non-national sample")));
  EXPECT_EQ(survey.populations[2].phrase, "someone from China (mainland)");
}

TEST_F(GlobalOpinions, ReadsNumbersAsOptionsAndNormalizesRoundedShares) {
  const Survey survey =
      import(globalOpinionsHeader + GlobalLine{.selections = "{'Angola': [0.33, 0.33, 0.33]}",
                                               .options = "['Not at all', 2, 3.0]"}
                                        .csv())
          .survey;
  EXPECT_EQ(survey.questions[0].options[1].text, "2");
  EXPECT_EQ(survey.questions[0].options[2].text, "3.0");
  EXPECT_THAT(*survey.items[0].observed, testing::Each(DoubleNear(1.0 / 3, 1e-12)));
}

TEST_F(GlobalOpinions, LetsFurtherColumnsPass) {
  const std::string text = ",options,source,question,selections,more\n0," +
                           quoted("['Yes', 'No']") + ",WVS,Well?," +
                           quoted("defaultdict(None, {'Peru': [0.25, 0.75]})") + ",x\n";
  const Survey survey = import(text).survey;
  EXPECT_EQ(survey.questions[0].id, "WVS-1");
  EXPECT_THAT(*survey.items[0].observed, ElementsAre(0.25, 0.75));
}

TEST_F(GlobalOpinions, LeavesOutPopulationsByThemselves) {
  const std::string text =
      globalOpinionsHeader + GlobalLine{}.csv() +
      GlobalLine{.selections =
                     "{'Angola': [0.5, 0.3, 0.2], 'Benin': [0, 0, 0], 'Chad': [0.5, 0.5]}"}
          .csv();
  EXPECT_THAT(test::errorOf([&] { import(text); }),
              HasSubstr("global.csv:3: Benin: all shares are 0; correct the record, or import with "
                        "bad records skipped"));
  const ImportResult result = importSkipping(text);
  EXPECT_THAT(result.survey.items, SizeIs(2));
  ASSERT_THAT(result.skipped, SizeIs(2));
  EXPECT_EQ(result.skipped[0].record, 2u);
  EXPECT_EQ(result.skipped[0].id, "GAS-2");
  EXPECT_EQ(result.skipped[0].reason, "Benin: all shares are 0");
  EXPECT_EQ(result.skipped[1].reason, "Chad: the record has 2 shares for 3 options");
}

struct GlobalOpinionsFault {
  const char* name;
  GlobalLine line;
  std::string reason;
};

class BadGlobalOpinion : public GlobalOpinions,
                         public ::testing::WithParamInterface<GlobalOpinionsFault> {};

TEST_P(BadGlobalOpinion, EndsTheImportByPlaceOrIsSkippedWithItsReason) {
  const std::string text =
      globalOpinionsHeader + GlobalLine{}.csv() + GetParam().line.csv() + GlobalLine{}.csv();
  const std::string message = test::errorOf([&] { import(text); });
  EXPECT_THAT(message, HasSubstr("global.csv:3: "));
  EXPECT_THAT(message, HasSubstr(GetParam().reason));
  const ImportResult result = importSkipping(text);
  EXPECT_THAT(result.survey.questions, SizeIs(2));
  ASSERT_THAT(result.skipped, SizeIs(1));
  EXPECT_EQ(result.skipped[0].record, 2u);
  EXPECT_THAT(result.skipped[0].reason, HasSubstr(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadGlobalOpinion,
    ::testing::Values(
        GlobalOpinionsFault{
            "Cut", GlobalLine{.selections = "{'Angola': [0.5, 0.3, 0.2"},
            "selections is not a Python literal at column 54: a comma or ] was expected"},
        GlobalOpinionsFault{"NotANumber", GlobalLine{.selections = "{'Angola': [0.5, nan, 0.2]}"},
                            "the name nan is not a value"},
        GlobalOpinionsFault{"Twice",
                            GlobalLine{.selections = "{'Peru': [1, 0, 0], 'Peru': [0, 1, 0]}"},
                            "the key \"Peru\" appears twice"},
        GlobalOpinionsFault{"Nobody", GlobalLine{.selections = "{}"},
                            "selections names no population"},
        GlobalOpinionsFault{"NumberAsName", GlobalLine{.selections = "{1: [1, 0, 0]}"},
                            "a key of selections is not a population's name"},
        GlobalOpinionsFault{"Texts", GlobalLine{.selections = "{'Peru': ['1', 0, 0]}"},
                            "element 1 of selections of Peru is not a number"},
        GlobalOpinionsFault{"Negative", GlobalLine{.selections = "{'Peru': [-0.1, 0.6, 0.5]}"},
                            "Peru: the share -0.1 is negative"},
        GlobalOpinionsFault{
            "Sum", GlobalLine{.selections = "{'Peru': [0.5, 0.3, 0.3]}"},
            "Peru: the shares sum to 1.1; the proportions of this file sum to 1 within"},
        GlobalOpinionsFault{"Call", GlobalLine{.options = "list('ab')"},
                            "the name list is not a value"},
        GlobalOpinionsFault{"OneOption", GlobalLine{.options = "['Yes']"},
                            "there are fewer than two options"},
        GlobalOpinionsFault{"OptionKind", GlobalLine{.options = "['Yes', None, 'No']"},
                            "element 2 of options is neither a text nor a number"},
        GlobalOpinionsFault{"NoList", GlobalLine{.options = "{'Yes': 1}"}, "options is not a list"},
        GlobalOpinionsFault{"Source", GlobalLine{.source = ""}, "source is empty"}),
    [](const auto& one) { return one.param.name; });

TEST_F(GlobalOpinions, TakesOneFile) {
  const auto file = folder_.write("global.csv", globalOpinionsHeader + GlobalLine{}.csv());
  EXPECT_THAT(test::errorOf([&] {
                importGlobalOpinions({file, file}, {});
              }),
              HasSubstr("so only one file can be imported at a time; import each file separately"));
}

TEST_F(GlobalOpinions, TakesWhatTheFormatDoesNotSayFromTheOptions) {
  ImportOptions options;
  options.name = "Global opinions";
  options.source = "Durmus et al. 2023";
  options.nominalQuestions = {"GAS-1"};
  const ImportResult result =
      import(globalOpinionsHeader + GlobalLine{.options = "['Yes', 'No', 'DK/Refused']"}.csv() +
                 GlobalLine{.options = "['Yes', 'No', 'DK/Refused']"}.csv(),
             options);
  EXPECT_EQ(result.survey.name, "Global opinions");
  EXPECT_EQ(result.survey.source, "Durmus et al. 2023");
  EXPECT_EQ(result.survey.questions[0].scale, Scale::nominal);
  EXPECT_THAT(result.notes, Contains(HasSubstr("1 question treated as ordinal with an option")));
}

}  // namespace
}  // namespace canvass
