#include "import/subpop/subpop.h"

#include <fmt/format.h>

#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// One line of the file; each part is JSON text.
struct SubpopLine {
  std::string qkey = R"("SAFE_W99")";
  std::string attribute = R"("SEX")";
  std::string group = R"("Male")";
  std::string options = R"(["Very safe","Somewhat safe","Not safe","Refused"])";
  std::string ordinal = "[1.0,2.0,3.0]";
  std::string responses = "[0.5,0.3,0.2]";
  std::string refusal = "0.02";

  std::string json() const {
    return fmt::format(
        R"({{"qkey":{},"attribute":{},"group":{},"question":"How safe?","options":{},)"
        R"("ordinal":{},"responses":{},"refusal_rate":{}}})"
        "\n",
        qkey, attribute, group, options, ordinal, responses, refusal);
  }
};

class Subpop : public ::testing::Test {
 protected:
  ImportResult import(const std::string& text, ImportOptions options = {}) {
    return importSubpop({folder_.write("subpop.jsonl", text)}, options);
  }

  test::TemporaryFolder folder_;
};

TEST_F(Subpop, MakesASurvey) {
  const ImportResult result =
      import(SubpopLine{}.json() + SubpopLine{.group = R"("Female")"}.json());
  const Survey& survey = result.survey;
  EXPECT_THAT(survey.questions,
              ElementsAre(Question{
                  "SAFE_W99",
                  "How safe?",
                  "",
                  {{"A", "Very safe", 1.0}, {"B", "Somewhat safe", 2.0}, {"C", "Not safe", 3.0}},
                  Scale::ordinal,
                  {}}));
  EXPECT_EQ(survey.populations.at(0).id, "SEX = Male");
  EXPECT_EQ(survey.populations[0].phrase, "someone in the United States who is male");
  EXPECT_THAT(*survey.items.at(1).observed, ElementsAre(0.5, 0.3, 0.2));
  EXPECT_EQ(survey.items[0].refused, 0.02);
  EXPECT_EQ(survey.items[0].dontKnow, std::nullopt);
  EXPECT_THAT(result.skipped, IsEmpty());
}

// The project's own scripts write lists as the texts of Python lists.
TEST_F(Subpop, ReadsListsAsTexts) {
  const SubpopLine line{.options = R"("['Yes', \"It's so-so\", 'No', 'Refused']")",
                        .ordinal = R"("[1.0, 2.0, 3.0]")",
                        .responses = R"("[0.5, 0.3, 0.2]")"};
  const Survey survey = import(line.json()).survey;
  EXPECT_EQ(survey.questions[0].options[1].text, "It's so-so");
  EXPECT_THAT(*survey.items[0].observed, ElementsAre(0.5, 0.3, 0.2));
}

TEST_F(Subpop, CrossesAttributes) {
  const Survey survey =
      import(SubpopLine{.attribute = R"("['SEX', 'RACE']")", .group = R"(["Male","Black"])"}.json())
          .survey;
  EXPECT_EQ(survey.populations[0].id, "RACE = Black, SEX = Male");
}

TEST_F(Subpop, TakesOptionsApartFromTheOrderAsNominal) {
  const ImportResult result = import(SubpopLine{.ordinal = "[1,2,-1]"}.json());
  EXPECT_EQ(result.survey.questions[0].scale, Scale::nominal);
  EXPECT_THAT(result.notes, Contains(HasSubstr("1 question treated as nominal because")));
}

// "Better", "worse" and "the same" at 1, 2 and 1.5: the shares move with their options.
TEST_F(Subpop, ArrangesOptionsAlongTheScale) {
  const ImportResult result = import(SubpopLine{.ordinal = "[1,2,1.5]"}.json());
  EXPECT_EQ(result.survey.questions[0].options[1].text, "Not safe");
  EXPECT_THAT(*result.survey.items[0].observed, ElementsAre(0.5, 0.2, 0.3));
  EXPECT_THAT(result.notes,
              Contains("1 question with options arranged along their scale: SAFE_W99"));
}

TEST_F(Subpop, LeavesAnUnknownRefusalUnknown) {
  EXPECT_EQ(import(SubpopLine{.refusal = "null"}.json()).survey.items[0].refused, std::nullopt);
}

struct BadLine {
  const char* name;
  std::string line;
  std::string reason;
};

class BadSubpopLine : public Subpop, public ::testing::WithParamInterface<BadLine> {};

TEST_P(BadSubpopLine, EndsTheImportByPlaceOrIsSkippedWithItsReason) {
  const std::string text = SubpopLine{.group = R"("Other")"}.json() + GetParam().line +
                           SubpopLine{.qkey = R"("B_W99")"}.json();
  const std::string message = test::errorOf([&] { import(text); });
  EXPECT_THAT(message, HasSubstr("subpop.jsonl:2: " + GetParam().reason));
  ImportOptions options;
  options.skipInvalid = true;
  const ImportResult result = import(text, options);
  EXPECT_THAT(result.survey.items, SizeIs(2));
  ASSERT_THAT(result.skipped, SizeIs(1));
  EXPECT_EQ(result.skipped[0].record, 2u);
  const bool hasKey = GetParam().line.find("\"SAFE_W99\"") != std::string::npos;
  const bool isJson = GetParam().reason.find("not valid JSON") == std::string::npos;
  EXPECT_EQ(result.skipped[0].id, hasKey && isJson ? "SAFE_W99" : "");
  EXPECT_THAT(result.skipped[0].reason, testing::StartsWith(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadSubpopLine,
    ::testing::Values(
        BadLine{"Empty", "\n", "not valid JSON at byte 1"},
        BadLine{"Cut", SubpopLine{}.json().substr(0, 40) + "\n", "not valid JSON at byte"},
        BadLine{"NotAnObject", "[]\n", "the line is not a JSON object"},
        BadLine{"NoKey", "{\"question\":\"How safe?\"}\n", "the key \"qkey\" is missing"},
        BadLine{"EmptyKey", SubpopLine{.qkey = "\"\""}.json(), "\"qkey\" is empty"},
        BadLine{"NoRefusal", SubpopLine{.options = R"(["Yes","So-so","No"])"}.json(),
                "the last option is \"No\", not \"Refused\""},
        BadLine{"FewOptions", SubpopLine{.options = R"(["Yes","Refused"])"}.json(),
                "there are fewer than two options besides \"Refused\""},
        BadLine{"Ordinal", SubpopLine{.ordinal = "[1,2]"}.json(),
                "there are 3 options, but positions on a scale for 2"},
        BadLine{"OrdinalKind", SubpopLine{.ordinal = "\"[1, 2, 'x']\""}.json(),
                "element 3 of \"ordinal\" is not a number"},
        BadLine{"Count", SubpopLine{.responses = "[0.5,0.3,0.18,0.02]"}.json(),
                "the record has 4 responses for 3 options besides \"Refused\""},
        BadLine{"Zero", SubpopLine{.responses = "[0,0,0]"}.json(), "all shares are 0"},
        BadLine{"Sum", SubpopLine{.responses = "[0.5,0.3,0.3]"}.json(), "the shares sum to 1.1"},
        BadLine{"Refusal", SubpopLine{.refusal = "1.5"}.json(),
                "the refusal rate 1.5 is not from 0 to below 1"},
        BadLine{"RefusalKind", SubpopLine{.refusal = "\"0.02\""}.json(),
                "\"refusal_rate\" is not a number"},
        BadLine{"Crossing", SubpopLine{.attribute = R"(["SEX","RACE"])"}.json(),
                "the record has 2 attributes, but 1 group"},
        BadLine{"Twice",
                SubpopLine{.attribute = R"(["SEX","SEX"])", .group = R"(["Male","Male"])"}.json(),
                "an attribute appears twice"},
        BadLine{"EmptyGroup", SubpopLine{.group = "\"\""}.json(),
                "the attribute or group is empty"},
        BadLine{"Repeated", SubpopLine{.group = R"("Other")"}.json(),
                "the item of question \"SAFE_W99\" and population \"SEX = Other\" appears twice"},
        BadLine{"OtherOptions",
                SubpopLine{.options = R"(["Safe","So-so","Not safe","Refused"])"}.json(),
                "the question \"SAFE_W99\" differs from the earlier one with that id"}),
    [](const auto& one) { return one.param.name; });

TEST_F(Subpop, NotesKeysThatTheFormatDoesNotHave) {
  std::string line = SubpopLine{}.json();
  line.insert(1, R"("wave":99,)");
  EXPECT_THAT(import(line).notes,
              Contains("keys that the format does not have were not used: wave"));
}

}  // namespace
}  // namespace canvass
