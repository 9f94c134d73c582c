#include "import/simllm/simllm.h"

#include <fmt/format.h>

#include "base/error.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// One record; each part is JSON text, so that a test can break any of them.
struct RecordText {
  std::string id = R"("7")";
  std::string population = "Japan";
  std::string question = "Do you like tea?";
  std::string options = R"(["(A)Yes","(B)Somewhat","(C)No"])";
  std::string shares = R"({"A":50,"B":30,"C":20})";

  std::string json() const {
    return fmt::format(
        R"({{"id":{},"instruction":"How would someone from {} answer the following question:\n\n",)"
        R"("input":"{} \nHere are the options: \n","options":{},"options_dist":{},)"
        R"("data_type":"train"}})",
        id, population, question, options, shares);
  }
};

std::string chinese(const std::string& population) {
  return R"({"id":7,"instruction":"来自)" + population +
         R"(的人会如何回答以下问题：\n\n","input":"您喜欢茶吗？ \n以下是选项：\n",)"
         R"("options":["(A)是","(B)否"],"options_dist":{"B":40,"A":60},"data_type":"valid"})";
}

std::string listOf(const std::vector<std::string>& records) {
  return fmt::format("[\n {}\n]\n", fmt::join(records, ",\n "));
}

class Simllm : public ::testing::Test {
 protected:
  ImportResult import(const std::vector<std::string>& records, ImportOptions options = {}) {
    return importSimllm({folder_.write("tea.json", listOf(records))}, options);
  }
  ImportResult importSkipping(const std::vector<std::string>& records) {
    ImportOptions options;
    options.skipInvalid = true;
    return import(records, options);
  }
  std::string place(std::size_t record) const {
    return recordPlace((folder_.path() / "tea.json").string(), record);
  }

  test::TemporaryFolder folder_;
};

TEST_F(Simllm, ReadsEnglish) {
  const ImportResult result =
      import({RecordText{}.json(), RecordText{.population = "Peru"}.json()});
  const Survey& survey = result.survey;
  EXPECT_EQ(survey.language, "en");
  EXPECT_EQ(survey.name, "tea");
  EXPECT_THAT(survey.questions,
              ElementsAre(Question{"7",
                                   "Do you like tea?",
                                   "",
                                   {{"A", "Yes", {}}, {"B", "Somewhat", {}}, {"C", "No", {}}},
                                   Scale::ordinal,
                                   {}}));
  EXPECT_THAT(
      survey.populations,
      ElementsAre(Population{"Japan", "Japan", "someone from Japan", {{"country", "Japan"}}},
                  Population{"Peru", "Peru", "someone from Peru", {{"country", "Peru"}}}));
  ASSERT_THAT(survey.items, SizeIs(2));
  EXPECT_EQ(survey.populationOf(survey.items[1]).id, "Peru");
  EXPECT_THAT(*survey.items[0].observed, ElementsAre(0.5, 0.3, 0.2));
  EXPECT_THAT(result.skipped, IsEmpty());
}

// The text keeps the blank before the closing words, so that prompts come back byte for byte.
TEST_F(Simllm, ReadsChineseAndMapsSharesByLabel) {
  const Survey survey = import({chinese("Japan")}).survey;
  EXPECT_EQ(survey.language, "zh");
  EXPECT_EQ(survey.questions.at(0).text, "您喜欢茶吗？ ");
  EXPECT_EQ(survey.questions[0].id, "7");
  EXPECT_EQ(survey.questions[0].options[1].text, "否");
  EXPECT_EQ(survey.populations.at(0),
            (Population{"Japan", "Japan", "来自Japan的人", {{"country", "Japan"}}}));
  EXPECT_THAT(*survey.items.at(0).observed, ElementsAre(0.6, 0.4));
}

TEST_F(Simllm, TellsPercentagesFromProportions) {
  const ImportResult percentages = import({RecordText{}.json()});
  EXPECT_THAT(percentages.notes, Contains(HasSubstr("1 record; the shares are percentages")));
  const ImportResult proportions =
      import({RecordText{.shares = R"({"A":0.5,"B":0.3,"C":0.2})"}.json()});
  EXPECT_THAT(proportions.notes, Contains(HasSubstr("the shares are proportions")));
  EXPECT_THAT(*proportions.survey.items.at(0).observed, ElementsAre(0.5, 0.3, 0.2));
}

TEST_F(Simllm, NormalizesRoundedShares) {
  const Survey survey =
      import({RecordText{.shares = R"({"A":33.3,"B":33.3,"C":33.3})"}.json()}).survey;
  EXPECT_THAT(*survey.items.at(0).observed,
              ElementsAre(testing::DoubleEq(1.0 / 3), testing::DoubleEq(1.0 / 3),
                          testing::DoubleEq(1.0 / 3)));
}

// Braces, brackets, quotes and commas inside texts do not confuse where a record ends.
TEST_F(Simllm, ReadsTextsThatLookLikeSyntax) {
  const std::string text = R"(Is \"[a], {b}\" good, or \\?)";
  const Survey survey =
      import({RecordText{.question = text}.json(), RecordText{.id = "8"}.json()}).survey;
  EXPECT_EQ(survey.questions.at(0).text, R"(Is "[a], {b}" good, or \?)");
  EXPECT_THAT(survey.items, SizeIs(2));
}

struct SimllmFault {
  const char* name;
  std::string record;
  std::string reason;
};

class BadSimllmRecord : public Simllm, public ::testing::WithParamInterface<SimllmFault> {};

TEST_P(BadSimllmRecord, EndsTheImportByPlaceOrIsSkippedWithItsReason) {
  const std::vector<std::string> records{RecordText{.population = "Peru"}.json(), GetParam().record,
                                         RecordText{.id = "8"}.json()};
  const std::string message = test::errorOf([&] { import(records); });
  EXPECT_THAT(message, HasSubstr(place(2)));
  EXPECT_THAT(message, HasSubstr(GetParam().reason));
  EXPECT_THAT(message, HasSubstr("correct the record, or import with bad records skipped"));

  const ImportResult result = importSkipping(records);
  EXPECT_THAT(result.survey.items, SizeIs(2));
  ASSERT_THAT(result.skipped, SizeIs(1));
  EXPECT_EQ(result.skipped[0].record, 2u);
  EXPECT_THAT(result.skipped[0].reason, HasSubstr(GetParam().reason));
  EXPECT_THAT(result.skipped[0].reason, Not(HasSubstr("tea.json, record 2")));
}

// The record without one of its keys.
std::string without(const std::string& key) {
  std::string text = RecordText{}.json();
  const std::size_t at = text.find('"' + key + "\":");
  return text.replace(at, key.size() + 2, "\"x\"");
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadSimllmRecord,
    ::testing::Values(
        SimllmFault{"NotAnObject", "17", "the record is not a JSON object"},
        SimllmFault{"NoId", without("id"), "the key \"id\" is missing"},
        SimllmFault{"NoInstruction", without("instruction"), "the key \"instruction\" is missing"},
        SimllmFault{"NoInput", without("input"), "the key \"input\" is missing"},
        SimllmFault{"NoOptions", without("options"), "the key \"options\" is missing"},
        SimllmFault{"NoShares", without("options_dist"), "the key \"options_dist\" is missing"},
        SimllmFault{"IdKind", RecordText{.id = "1.5"}.json(),
                    "\"id\" must be a string or a whole number"},
        SimllmFault{"EmptyId", RecordText{.id = R"("")"}.json(), "\"id\" is empty"},
        SimllmFault{"Instruction",
                    R"({"id":1,"instruction":"Answer!","input":"","options":[],"options_dist":{}})",
                    "the instruction \"Answer!\" has neither the English nor the Chinese form"},
        SimllmFault{"NoPopulation", RecordText{.population = ""}.json(),
                    "has neither the English nor the Chinese form"},
        SimllmFault{"Input",
                    R"({"id":1,"instruction":"How would someone from Peru answer the following )"
                    R"(question:\n\n","input":"Tea?","options":[],"options_dist":{}})",
                    "the input does not end in \" \nHere are the options: \n\""},
        SimllmFault{"OneOption",
                    RecordText{.options = R"(["(A)Yes"])", .shares = R"({"A":100})"}.json(),
                    "there are fewer than two options"},
        SimllmFault{"OptionForm", RecordText{.options = R"(["(A)Yes","B) No","(C)Never"])"}.json(),
                    "the option \"B) No\" does not start with a label as in \"(A)\""},
        SimllmFault{"EmptyOptionLabel", RecordText{.options = R"(["(A)Yes","()No"])"}.json(),
                    "the option \"()No\" does not start with a label"},
        SimllmFault{"OptionKind", RecordText{.options = R"(["(A)Yes",3])"}.json(),
                    "\"options\" must be a list of strings"},
        SimllmFault{"RepeatedLabel",
                    RecordText{.options = R"(["(A)Yes","(B)No","(A)Maybe"])"}.json(),
                    "two options are labeled \"A\""},
        SimllmFault{"ShareKind", RecordText{.shares = R"({"A":50,"B":"30","C":20})"}.json(),
                    "the share of option \"B\" is not a number"},
        SimllmFault{"SharesKind", RecordText{.shares = "[50,30,20]"}.json(),
                    "\"options_dist\" must be an object of shares by label"},
        SimllmFault{"ShareWithoutOption",
                    RecordText{.shares = R"({"A":50,"B":30,"C":10,"D":10})"}.json(),
                    "\"options_dist\" has a share for \"D\", which is not an option"},
        SimllmFault{"OptionWithoutShare", RecordText{.shares = R"({"A":50,"B":50})"}.json(),
                    "\"options_dist\" has no share for option \"C\""},
        SimllmFault{"RepeatedShare",
                    RecordText{.shares = R"({"A":50,"B":30,"A":20,"C":20})"}.json(),
                    "the key \"A\" appears twice in one object"},
        SimllmFault{"NegativeShare", RecordText{.shares = R"({"A":-1,"B":81,"C":20})"}.json(),
                    "the share -1 is negative"},
        SimllmFault{"ZeroSum", RecordText{.shares = R"({"A":0,"B":0,"C":0})"}.json(),
                    "all shares are 0"},
        SimllmFault{"Sum", RecordText{.shares = R"({"A":57.2,"B":30,"C":20})"}.json(),
                    "the shares sum to 107.2; the percentages of this file sum to 100 within 0.15"},
        SimllmFault{"OtherScale", RecordText{.shares = R"({"A":0.5,"B":0.25,"C":0.25})"}.json(),
                    "the shares sum to 1; the percentages of this file sum to 100"},
        SimllmFault{"OtherText", RecordText{.question = "Do you like it?"}.json(),
                    "the text of the question differs from that of"},
        SimllmFault{"OtherOptions",
                    RecordText{.options = R"(["(A)Yes","(B)Somewhat","(C)Never"])"}.json(),
                    "the option list of the question differs from that of"},
        SimllmFault{"RepeatedItem", RecordText{.population = "Peru"}.json(),
                    "the item of question \"7\" and population \"Peru\" appears twice"},
        SimllmFault{"OtherLanguage", chinese("Japan"), "the record is worded in \"zh\", but"}),
    [](const auto& one) { return one.param.name; });

TEST_F(Simllm, NamesTheIdOfABadRecord) {
  const std::string bad = RecordText{.id = R"("Q12")", .shares = R"({"A":0,"B":0,"C":0})"}.json();
  EXPECT_THAT(test::errorOf([&] { import({bad}); }), HasSubstr("tea.json, record 1 (id Q12): all"));
  EXPECT_EQ(importSkipping({bad, RecordText{}.json()}).skipped.at(0).id, "Q12");
}

TEST_F(Simllm, SaysWhereTheOtherMeaningStands) {
  const std::string message = test::errorOf([&] {
    import({RecordText{}.json(), RecordText{.question = "Coffee?"}.json()});
  });
  EXPECT_THAT(message, HasSubstr("differs from that of " + place(1) + " (id 7)"));
}

TEST_F(Simllm, BadTextsEndEvenAnImportThatSkips) {
  struct Case {
    std::string text;
    std::string message;
  };
  const std::string good = RecordText{}.json();
  const std::string bad = RecordText{.question = "caf\xE9"}.json();
  const std::string head = "[" + good + "," + good + ",";
  const std::size_t byte = head.size() + bad.find('\xE9');
  for (const auto& [text, message] : {
           Case{head + bad + "]",
                fmt::format("bad.json, record 3: the text is not UTF-8 at byte {} of the "
                            "file; save the file as UTF-8",
                            byte)},
           Case{"\xFF[", "bad.json: the text is not UTF-8 at byte 0 of the file"},
           Case{head + "]", fmt::format("bad.json: not valid JSON at byte {}", head.size() + 1)},
           Case{"[1e999]", "bad.json: a number is too large"},
           Case{"", "bad.json: not valid JSON at byte 1"},
           Case{"{}", "bad.json: the file is not a list of records"},
           Case{"[ ]", "bad.json: the file has no records"},
       }) {
    ImportOptions options;
    options.skipInvalid = true;
    const auto path = folder_.write("bad.json", text);
    EXPECT_THAT(test::errorOf([&] { importSimllm({path}, options); }), HasSubstr(message));
  }
}

TEST_F(Simllm, ReadsAFileWithByteOrderMark) {
  const auto path = folder_.write("bom.json", "\xEF\xBB\xBF" + listOf({RecordText{}.json()}));
  EXPECT_TRUE(isSimllmFile(path));
  EXPECT_THAT(importSimllm({path}, {}).survey.items, SizeIs(1));
}

TEST_F(Simllm, RefusesAnImportWithoutAnyItem) {
  const std::string bad = RecordText{.shares = R"({"A":0,"B":0,"C":0})"}.json();
  EXPECT_EQ(test::errorOf([&] { importSkipping({bad}); }),
            "tea: no record could be used; the first fault: all shares are 0");
  EXPECT_EQ(test::errorOf([] { importSimllm({}, {}); }), "there is no file to import");
}

TEST_F(Simllm, MergesFiles) {
  const auto first = folder_.write("a.json", listOf({RecordText{}.json()}));
  const auto second = folder_.write("b.json", listOf({RecordText{.population = "Peru"}.json()}));
  const ImportResult result = importSimllm({first, second}, {});
  EXPECT_EQ(result.survey.name, "a + b");
  EXPECT_THAT(result.survey.questions, SizeIs(1));
  EXPECT_THAT(result.survey.items, SizeIs(2));
  const auto copy = folder_.write("c.json", listOf({RecordText{}.json()}));
  EXPECT_THAT(test::errorOf([&] {
                importSimllm({first, copy}, {});
              }),
              HasSubstr("c.json, record 1 (id 7): the item of question \"7\""));
  EXPECT_THAT(test::errorOf([&] {
                importSimllm({first, first}, {});
              }),
              HasSubstr("a.json: the file is given twice"));
}

TEST_F(Simllm, TakesWhatTheFormatDoesNotSayFromTheOptions) {
  ImportOptions options;
  options.name = "Tea survey";
  options.source = "The tea board";
  options.nominalQuestions = {"8"};
  options.topics = {{1, 7, "drinks"}};
  const ImportResult result = import({RecordText{}.json(), RecordText{.id = "8"}.json()}, options);
  EXPECT_EQ(result.survey.name, "Tea survey");
  EXPECT_EQ(result.survey.source, "The tea board");
  EXPECT_EQ(result.survey.questions.at(0).topic, "drinks");
  EXPECT_EQ(result.survey.questions[0].scale, Scale::ordinal);
  EXPECT_EQ(result.survey.questions.at(1).scale, Scale::nominal);
  EXPECT_THAT(result.notes, Contains("1 question not in any topic range: 8"));
  options.nominalQuestions = {"17"};
  EXPECT_EQ(test::errorOf([&] { import({RecordText{}.json()}, options); }),
            "the nominal question \"17\" is not in the survey; did you mean \"7\"?");
}

TEST_F(Simllm, NotesWhatTheUserShouldKnow) {
  EXPECT_THAT(import({RecordText{}.json()}).notes,
              Contains(HasSubstr("the format does not say which questions are nominal")));
  EXPECT_THAT(import({RecordText{.question = ""}.json()}).notes,
              Contains("1 question without a text, only options: 7"));
  for (const char* noAnswer : {"DK/Refused", "\\\"Dont know\\\"", "No answer", "拒绝回答"}) {
    const std::string options = fmt::format(R"(["(A)Yes","(B)No","(C){}"])", noAnswer);
    EXPECT_THAT(import({RecordText{.options = options}.json()}).notes,
                Contains(HasSubstr("1 question treated as ordinal with an option such as")))
        << noAnswer;
  }
  std::string extra = RecordText{}.json();
  extra.insert(1, R"("weight":2,)");
  EXPECT_THAT(import({extra}).notes,
              Contains("keys that the format does not have were not used: weight"));
}

TEST_F(Simllm, IsToldByContent) {
  EXPECT_TRUE(isSimllmFile(folder_.write("a", listOf({RecordText{}.json()}))));
  for (const char* other : {"", "{}", "[]", R"({"options_dist":1})", "options_dist"}) {
    EXPECT_FALSE(isSimllmFile(folder_.write("b", other))) << other;
  }
}

}  // namespace
}  // namespace canvass
