#include "survey/survey_file.h"

#include <cmath>

#include "base/file.h"
#include "base/random.h"
#include "support/test_support.h"
#include "survey/sample_survey.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

const std::string header = R"({"canvass":"survey","version":1,"language":"en"})"
                           "\n";
const std::string question = R"({"question":{"id":"q","text":"?","scale":"ordinal",)"
                             R"("options":[{"label":"A","text":"yes"},{"label":"B","text":"no"}]}})"
                             "\n";
const std::string population = R"({"population":{"id":"p","name":"P","phrase":"one"}})"
                               "\n";

void expectEqual(const Survey& a, const Survey& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.source, b.source);
  EXPECT_EQ(a.language, b.language);
  EXPECT_EQ(a.questions, b.questions);
  EXPECT_EQ(a.populations, b.populations);
  for (std::size_t i = 0; i < a.populations.size(); ++i) {
    EXPECT_EQ(a.populations[i].sample, b.populations[i].sample);
  }
  ASSERT_EQ(a.items.size(), b.items.size());
  for (std::size_t i = 0; i < a.items.size(); ++i) {
    EXPECT_EQ(a.items[i].question, b.items[i].question);
    EXPECT_EQ(a.items[i].population, b.items[i].population);
    EXPECT_EQ(a.items[i].observed, b.items[i].observed);
    EXPECT_EQ(a.items[i].respondents, b.items[i].respondents);
    EXPECT_EQ(a.items[i].effectiveSampleSize, b.items[i].effectiveSampleSize);
    EXPECT_EQ(a.items[i].dontKnow, b.items[i].dontKnow);
    EXPECT_EQ(a.items[i].refused, b.items[i].refused);
    EXPECT_EQ(a.items[i].standardErrors, b.items[i].standardErrors);
  }
}

TEST(SurveyFile, HasTheDocumentedForm) {
  Survey survey = test::sampleSurvey();
  survey = selectItems(survey, {0});
  EXPECT_EQ(
      surveyToJsonl(survey),
      R"({"canvass":"survey","version":2,"name":"sample","source":"made up","language":"en"})"
      "\n"
      R"({"question":{"id":"trust","text":"How much do you trust \"others\"?","topic":"trust",)"
      R"("scale":"interval","options":[{"label":"A","text":"A lot","value":3.0},)"
      R"({"label":"B","text":"Some","value":2.0},{"label":"C","text":"None","value":0.1}],)"
      R"("missing_codes":["-1","-2"]}})"
      "\n"
      R"({"population":{"id":"jp","name":"Japan","phrase":"someone from Japan",)"
      R"("attributes":{"country":"Japan"},"sample":{"respondents":1100,"shared":{"jp-f":600}}}})"
      "\n"
      R"({"item":{"question":"trust","population":"jp","distribution":[0.1,0.2,0.7],)"
      R"("se":[0.01,0.02,0.025],"mean_se":0.03,"df":57.0,)"
      R"("n":1000.0,"n_eff":812.25,"dont_know":0.05,"refused":0.01}})"
      "\n");
}

TEST(SurveyFile, ComesBackAsItWas) {
  const test::TemporaryFolder folder;
  const Survey survey = test::sampleSurvey();
  const auto path = folder.path() / "deeper" / "survey.jsonl";
  writeSurvey(survey, path);
  expectEqual(readSurvey(path), survey);
  EXPECT_EQ(readFile(path), surveyToJsonl(survey));
  EXPECT_TRUE(isSurveyFile(path));
}

TEST(SurveyFile, KeepsEveryBitOfANumber) {
  RandomStream random(7, "round trip");
  Survey survey = test::gridSurvey(10, 20);
  for (Item& item : survey.items) {
    item.observed = normalized({random.uniform(), random.uniform() * 1e-9}, "");
    item.respondents = std::exp(30.0 * random.normal());
  }
  expectEqual(parseSurvey(surveyToJsonl(survey), "memory"), survey);
}

TEST(SurveyFile, ReadsWindowsLineEndsAndAMissingLastNewline) {
  std::string text = header + question + population;
  text.pop_back();
  EXPECT_EQ(parseSurvey(text, "a").populations.size(), 1u);
  EXPECT_EQ(
      parseSurvey(header.substr(0, header.size() - 1) + "\r\n" + question, "a").questions.size(),
      1u);
}

TEST(SurveyFile, TellsSurveysFromOtherFiles) {
  const test::TemporaryFolder folder;
  EXPECT_TRUE(isSurveyFile(folder.write("a", header)));
  EXPECT_FALSE(isSurveyFile(folder.write("b", R"({"canvass":"predictions","version":1})")));
  EXPECT_FALSE(isSurveyFile(folder.write("c", "[{\n")));
  EXPECT_FALSE(isSurveyFile(folder.write("d", "")));
  EXPECT_FALSE(isSurveyFile(folder.write("e", "\xff\xfe")));
}

TEST(SurveyFile, IsNotWrittenWhereTheSurveyIsWrong) {
  const test::TemporaryFolder folder;
  Survey survey = test::sampleSurvey();
  survey.items[0].observed = {0.5, 0.5, 0.5};
  const auto path = folder.path() / "survey.jsonl";
  EXPECT_THAT(test::errorOf([&] { writeSurvey(survey, path); }), HasSubstr("sum to 1.5"));
  survey = test::sampleSurvey();
  survey.questions[0].text = "\xff";
  EXPECT_THAT(test::errorOf([&] { writeSurvey(survey, path); }), HasSubstr("is not UTF-8"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

struct BadFile {
  const char* name;
  std::string text;
  std::string message;

  friend void PrintTo(const BadFile& one, std::ostream* out) { *out << one.name; }
};

class BadSurveyFile : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadSurveyFile, IsNamedByLine) {
  EXPECT_THAT(test::errorOf([] { parseSurvey(GetParam().text, "a.jsonl"); }),
              HasSubstr(GetParam().message));
}

std::string item(const std::string& rest) { return header + question + population + rest; }

std::string sampleLine(const std::string& sample) {
  return header + R"({"population":{"id":"p","name":"P","phrase":"","sample":)" + sample + "}}\n";
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadSurveyFile,
    ::testing::Values(
        BadFile{"Empty", "", "a.jsonl: the file is empty"},
        BadFile{"NoHeader", question,
                "a.jsonl:1: there is no header line; the file must start with"},
        BadFile{"OtherKind", R"({"canvass":"predictions","version":1})",
                "a.jsonl:1: this is a file of predictions"},
        BadFile{"OtherVersion", R"({"canvass":"survey","version":4})",
                "a.jsonl:1: the file has format version 4; this version of canvass reads format "
                "versions 1 to 3"},
        BadFile{"NoVersion", R"({"canvass":"survey"})", "the key \"version\" is missing"},
        BadFile{"NoLanguage", R"({"canvass":"survey","version":1})",
                "the key \"language\" is missing"},
        BadFile{"HeaderKey", R"({"canvass":"survey","version":1,"language":"en","nam":"x"})",
                "a.jsonl:1: unknown key \"nam\"; the known keys are canvass, version, name"},
        BadFile{"EmptyLine", header + "\n" + question, "a.jsonl:2: the line is empty; remove it"},
        BadFile{"NotAnObject", header + "[]\n", "a.jsonl:2: the line is not a JSON object"},
        BadFile{"BadJson", header + "{\"question\":\n", "a.jsonl:2: not valid JSON at byte"},
        BadFile{"BadUtf8", header + question + "{\"\xff\":1}\n",
                "a.jsonl:3: the text is not UTF-8 at byte 2"},
        BadFile{"RepeatedKey", header + R"({"question":{"id":"q","id":"r"}})",
                "a.jsonl:2: the key \"id\" appears twice"},
        BadFile{"TwoInOneLine", header + R"({"question":{},"item":{}})",
                "a.jsonl:2: a line holds one question, population or item"},
        BadFile{"UnknownLine", header + R"({"answer":{}})", "a.jsonl:2: unknown key \"answer\""},
        BadFile{"QuestionKey", header + R"({"question":{"id":"q","foo":1,"bar":2}})",
                "a.jsonl:2: unknown key \"foo\", \"bar\"; the known keys are id, text, topic"},
        BadFile{"QuestionNotObject", header + R"({"question":3})",
                "a.jsonl:2: a JSON object was expected"},
        BadFile{"NoScale", header + R"({"question":{"id":"q","text":"?","options":[]}})",
                "the key \"scale\" is missing"},
        BadFile{"NoOptions", header + R"({"question":{"id":"q","text":"?","scale":"ordinal"}})",
                "the key \"options\" is missing"},
        BadFile{"OptionsNotList",
                header + R"({"question":{"id":"q","text":"?","scale":"nominal","options":"AB"}})",
                "\"options\" must be a list"},
        BadFile{"OptionKey",
                header + R"({"question":{"id":"q","text":"?","scale":"nominal",)"
                         R"("options":[{"label":"A","txt":""}]}})",
                "a.jsonl:2: unknown key \"txt\"; the known keys are label, text, value"},
        BadFile{"RepeatedQuestion", header + question + question,
                "a.jsonl:3: the question \"q\" appears twice"},
        BadFile{"PopulationKey", header + R"({"population":{"idd":"p"}})", "unknown key \"idd\""},
        BadFile{"NoPhrase", header + R"({"population":{"id":"p","name":"P"}})",
                "a.jsonl:2: the key \"phrase\" is missing"},
        BadFile{
            "AttributeNotString",
            header + R"({"population":{"id":"p","name":"P","phrase":"","attributes":{"age":3}}})",
            "a.jsonl:2: \"age\" must be a string"},
        BadFile{"AttributesNotObject",
                header + R"({"population":{"id":"p","name":"P","phrase":"","attributes":[]}})",
                "a.jsonl:2: \"attributes\" must be an object of strings"},
        BadFile{"ItemKey", item(R"({"item":{"question":"q","population":"p","n_ef":3}})"),
                "a.jsonl:4: unknown key \"n_ef\""},
        BadFile{"UnknownQuestion", item(R"({"item":{"question":"r","population":"p"}})"),
                "a.jsonl:4: there is no question \"r\"; a question must come before the items"},
        BadFile{"UnknownPopulation", item(R"({"item":{"question":"q","population":"r"}})"),
                "a.jsonl:4: there is no population \"r\""},
        BadFile{"Sum",
                item(R"({"item":{"question":"q","population":"p","distribution":[0.5,0.4]}})"),
                "a.jsonl:4: the shares of the item"},
        BadFile{"SampleOfNobody", sampleLine(R"({"respondents":0})"),
                "a.jsonl:2: population \"p\" has a sample of no respondents"},
        BadFile{"SampleSharesTooMany", sampleLine(R"({"respondents":3,"shared":{"r":4}})"),
                "a.jsonl:2: population \"p\" shares 4 of its 3 respondents with \"r\""},
        BadFile{"SampleSharesWithItself", sampleLine(R"({"respondents":3,"shared":{"p":3}})"),
                "list other populations"},
        BadFile{"SampleOfText", sampleLine("3"), "a.jsonl:2: a JSON object was expected"},
        BadFile{"ErrorsOfOtherShares",
                item(R"({"item":{"question":"q","population":"p","distribution":[0.5,0.5],)"
                     R"("se":[0.1]}})"),
                "has 1 standard error but 2 shares"},
        BadFile{"NegativeError",
                item(R"({"item":{"question":"q","population":"p","distribution":[0.5,0.5],)"
                     R"("se":[0.1,-0.1]}})"),
                "has a standard error that is negative"},
        BadFile{"Sizes", item(R"({"item":{"question":"q","population":"p","n":"many"}})"),
                "a.jsonl:4: \"n\" must be a number"},
        BadFile{"HugeNumber", item(R"({"item":{"question":"q","population":"p","n":1e999}})"),
                "a.jsonl:4: a number is too large"}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace canvass
