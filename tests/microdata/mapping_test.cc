#include "microdata/mapping.h"

#include "microdata/text_microdata.h"

namespace canvass {
namespace {

using test::smallMapping;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Mapping, TakesCodesAsNumbersTextsAndStretches) {
  const Mapping mapping = parseMapping(
      R"([survey]
language = "en"
[missing]
dont_know = [8, 98.0, "8", ".d"]
not_asked = [{ from = -9, to = -3 }, "", 1.5]
[[populations]]
by = []
name = "all"
phrase = "someone"
minimum = 1
[[questions]]
variable = "q"
scale = "nominal"
refused = [9]
[[questions]]
variable = "r"
scale = "nominal"
dont_know = []
)",
      "m.toml");
  ASSERT_THAT(mapping.questions, SizeIs(2));
  const MissingCodes& missing = mapping.questions[0].missing;
  EXPECT_THAT(missing.dontKnow.codes, ElementsAre("8", "98", "8", ".d"));
  EXPECT_THAT(missing.notAsked.codes, ElementsAre("", "1.5"));
  EXPECT_THAT(missing.notAsked.ranges, ElementsAre(NumberRange{-9, -3}));
  EXPECT_THAT(missing.refused.codes, ElementsAre("9"));
  EXPECT_TRUE(mapping.questions[1].missing.dontKnow.empty());
  EXPECT_FALSE(mapping.questions[1].missing.notAsked.empty());
  EXPECT_EQ(mapping.questions[1].where, "m.toml:15:1");
}

struct BadFile {
  const char* name;
  std::string text;
  std::string message;

  friend void PrintTo(const BadFile& one, std::ostream* out) { *out << one.name; }
};

class BadMapping : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadMapping, IsNamedByLineAndColumn) {
  EXPECT_THAT(test::errorOf([] { parseMapping(GetParam().text, "m.toml"); }),
              HasSubstr(GetParam().message));
}

const std::string survey = "[survey]\nlanguage = \"en\"\n";
const std::string populations =
    "[[populations]]\nby = []\nname = \"all\"\nphrase = \"someone\"\nminimum = 1\n";
const std::string question = "[[questions]]\nvariable = \"q\"\nscale = \"nominal\"\n";

std::string withQuestion(const std::string& lines) {
  return survey + populations + "[[questions]]\nvariable = \"q\"\n" + lines;
}
std::string withPopulations(const std::string& lines) {
  return survey + question +
         "[attributes.sex]\nvariable = \"s\"\n[attributes.age]\nvariable = \"a\"\n"
         "[[populations]]\n" +
         lines;
}
std::string withAttribute(const std::string& lines) {
  return survey + question + populations + "[attributes.sex]\n" + lines;
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadMapping,
    ::testing::Values(
        BadFile{"NotToml", "[survey\n", "m.toml:1:8: not valid TOML"},
        BadFile{"NotUtf8", "# \xE4\n", "m.toml: the text is not UTF-8 at byte 2"},
        BadFile{"NoSurvey", "", "m.toml: the table [survey] is missing"},
        BadFile{"NoLanguage", "[survey]\nname = \"x\"\n",
                "m.toml:1:1: [survey] is missing the key \"language\""},
        BadFile{"UnknownTable", survey + "[desing]\n",
                "m.toml:3:2: the mapping has no key \"desing\"; did you mean \"design\"?"},
        BadFile{"UnknownKey", survey + "[design]\nwieght = \"w\"\n",
                "m.toml:4:1: [design] has no key \"wieght\"; did you mean \"weight\"?"},
        BadFile{"FarKey", survey + "[design]\nxyzzy = \"w\"\n",
                "the known keys are weight, weight_file, id, strata, cluster"},
        BadFile{"NumberForText", "[survey]\nlanguage = 3\n",
                "m.toml:2:12: \"language\" must be a text in quotes"},
        BadFile{"EmptyText", "[survey]\nlanguage = \"\"\n", "m.toml:2:12: \"language\" is empty"},
        BadFile{"NoPopulations", survey + question, "nothing says what the populations are"},
        BadFile{"NoQuestion", survey + populations, "no variable is a question"},
        BadFile{"LongSeparator", survey + "[file]\nseparator = \"::\"\n",
                "m.toml:4:13: the separator must be a single character"},
        BadFile{"Decimal", survey + "[file]\ndecimal = \";\"\n",
                "m.toml:4:11: the decimal mark must be \".\" or \",\""},
        BadFile{"NoScale", withQuestion(""),
                "m.toml:8:1: the question is missing the key \"scale\""},
        BadFile{"Scale", withQuestion("scale = \"ordered\"\n"),
                "m.toml:10:9: there is no scale \"ordered\"; a scale is nominal"},
        BadFile{"QuestionKey", withQuestion("scal = \"nominal\"\n"),
                "m.toml:10:1: the question has no key \"scal\"; did you mean \"scale\"?"},
        BadFile{"OptionList", withQuestion("scale = \"nominal\"\noptions = \"freq\"\n"),
                "m.toml:11:11: [option_lists] has no list \"freq\"; there are none"},
        BadFile{"OneOption",
                withQuestion("scale = \"nominal\"\noptions = [{ code = 1, text = \"a\" }]\n"),
                "m.toml:11:11: there are fewer than two options"},
        BadFile{"OptionWithoutCode",
                withQuestion("scale = \"nominal\"\noptions = [{ text = \"a\" }]\n"),
                "m.toml:11:12: the option says not which codes it stands for; write one of"},
        BadFile{
            "OptionWithTwoCodes",
            withQuestion("scale = \"nominal\"\noptions = [{ code = 1, from = 2, text = \"a\" }]\n"),
            "says in more than one way which codes"},
        BadFile{"OptionBackwards",
                withQuestion("scale = \"nominal\"\noptions = [{ from = 3, to = 2, text = \"a\" "
                             "}]\n"),
                "the range ends before it begins"},
        BadFile{"CodesNotList", withQuestion("scale = \"nominal\"\nrefused = 9\n"),
                "m.toml:11:11: \"refused\" must be a list of codes; write [1, 2]"},
        BadFile{"CodeIsDate", withQuestion("scale = \"nominal\"\nrefused = [2020-01-01]\n"),
                "m.toml:11:12: a code of \"refused\" is neither a number nor a text"},
        BadFile{"CodeIsInfinite", withQuestion("scale = \"nominal\"\nrefused = [inf]\n"),
                "m.toml:11:12: a code of \"refused\" is neither a number nor a text"},
        BadFile{"OptionValues", withQuestion("scale = \"interval\"\noption_values = \"labels\"\n"),
                "m.toml:11:17: \"option_values\" can only be \"codes\""},
        BadFile{"RepeatedId", survey + populations + question + question,
                "m.toml:11:1: the question id \"q\" is already used at m.toml:8:1"},
        BadFile{"UnknownAttribute",
                withPopulations("by = [\"sexe\"]\nphrase = \"one\"\nminimum = 1\n"),
                "m.toml:11:6: there is no attribute \"sexe\"; did you mean \"sex\"?"},
        BadFile{"AttributeTwice",
                withPopulations("by = [\"sex\", \"sex\"]\nphrase = \"one\"\nminimum = 1\n"),
                "the attribute \"sex\" appears twice"},
        BadFile{"NoMinimum", withPopulations("by = [\"sex\"]\nphrase = \"a {sex}\"\n"),
                "m.toml:10:1: the populations table is missing the key \"minimum\""},
        BadFile{"ZeroMinimum",
                withPopulations("by = [\"sex\"]\nphrase = \"a {sex}\"\nminimum = 0\n"),
                "m.toml:13:11: \"minimum\" must be a whole number of at least 1"},
        BadFile{
            "PhraseOfOther", withPopulations("by = [\"sex\"]\nphrase = \"a {age}\"\nminimum = 1\n"),
            "m.toml:12:10: \"a {age}\" has a placeholder for \"age\", which is not filled in here"},
        BadFile{"PhraseWithout",
                withPopulations("by = [\"sex\", \"age\"]\nphrase = \"a {sex}\"\nminimum = 1\n"),
                "m.toml:12:10: there is no placeholder for \"age\": two populations would get the "
                "same text"},
        BadFile{"OpenBrace", withPopulations("by = [\"sex\"]\nphrase = \"a {sex\"\nminimum = 1\n"),
                "has an unmatched brace; write {{ or }}"},
        BadFile{"NamelessWhole", withPopulations("by = []\nphrase = \"one\"\nminimum = 1\n"),
                "the populations table is missing the key \"name\""},
        BadFile{"ByNotList", withPopulations("by = \"sex\"\n"),
                "m.toml:11:6: \"by\" must be a list of texts"},
        BadFile{"NoAttributeVariable", withAttribute(""),
                "m.toml:11:1: the attribute is missing the key \"variable\""},
        BadFile{"ValueWithoutName", withAttribute("variable = \"s\"\nvalues = [{ code = 1 }]\n"),
                "m.toml:13:11: the value is missing the key \"name\""},
        BadFile{"WordsTwice",
                withAttribute("variable = \"s\"\nvalues = [{ code = 1, name = \"a\" }]\n"
                              "words = { a = \"b\" }\n"),
                "the attribute has both values and words"},
        BadFile{"SetWithoutItems",
                survey + populations +
                    "[[multi_select]]\nid = \"s\"\ntext = \"{item}?\"\nchosen = [1]\n"
                    "not_chosen = [0]\n",
                "m.toml:8:1: the multi-select set lacks \"items\""}),
    [](const auto& one) { return one.param.name; });

// What only shows where the mapping meets a file.
class BadMeeting : public ::testing::TestWithParam<BadFile> {};

TEST_P(BadMeeting, IsNamedByLineAndColumn) {
  EXPECT_THAT(test::errorOf([] { test::tabulateText("q,s\n1,1\n", GetParam().text); }),
              HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Faults, BadMeeting,
    ::testing::Values(
        BadFile{"Weight", smallMapping("[design]\nweight = \"wt\"\n"), "m.toml:17:10: "},
        BadFile{"NoOptions", withQuestion("scale = \"nominal\"\ntext = \"?\"\n"),
                "m.toml:8:1: variable \"q\" has 0 labeled answer codes, and the mapping lists no "
                "options"},
        BadFile{"NoText",
                withQuestion("scale = \"nominal\"\noptions = [{ code = 1, text = \"a\" }, { code = "
                             "2, text = \"b\" }]\n"),
                "m.toml:8:1: question \"q\" has no text: variable \"q\" has no label"},
        BadFile{"RepeatedText",
                withQuestion("scale = \"nominal\"\ntext = \"?\"\noptions = [{ code = 1, text = "
                             "\"a\" }, { code = 2, text = \"a\" }]\n"),
                "options 1 and 2 of variable \"q\" have the same text \"a\"; list the options; two "
                "codes become one option with codes = [1, 2]"},
        BadFile{"RepeatedCode",
                withQuestion("scale = \"nominal\"\ntext = \"?\"\noptions = [{ code = 1, text = "
                             "\"a\" }, { codes = [1, 2], text = \"b\" }]\n"),
                "code 1 of question \"q\" is option \"b\", but also stands for something else"},
        BadFile{"CodeInStretch",
                withQuestion("scale = \"nominal\"\ntext = \"?\"\noptions = [{ from = 1, to = 5, "
                             "text = \"a\" }, { from = 5, text = \"b\" }]\n"),
                "code 5 of question \"q\" is option \"b\""},
        BadFile{"OptionIsMissing",
                withQuestion("scale = \"nominal\"\ntext = \"?\"\nrefused = [2]\noptions = [{ code "
                             "= 1, text = \"a\" }, { code = 2, text = \"b\" }]\n"),
                "give the question its own dont_know, refused or not_asked"},
        BadFile{"MissingTwice",
                withQuestion("scale = \"nominal\"\ntext = \"?\"\nrefused = [2]\nnot_asked = "
                             "[2]\noptions = [{ code = 1, text = \"a\" }, { code = 3, text = \"b\" "
                             "}]\n"),
                "code \"2\" of question \"q\" is in two of dont_know, refused and not_asked"},
        BadFile{"IntervalWithoutValues",
                withQuestion("scale = \"interval\"\ntext = \"?\"\noptions = [{ code = 1, text = "
                             "\"a\" }, { code = 2, text = \"b\" }]\n"),
                "m.toml:8:1: interval question \"q\" has 2 options but 0 values"},
        BadFile{"ValueOfText",
                withQuestion("scale = \"interval\"\ntext = \"?\"\noption_values = "
                             "\"codes\"\noptions = [{ code = \"x\", text = \"a\" }, { code = 2, "
                             "text = \"b\" }]\n"),
                "option \"a\" of question \"q\" is not one code that is a number"},
        BadFile{"CategoryTwice",
                smallMapping("[attributes.sex]\nvariable = \"s\"\nvalues = [{ code = 1, name = "
                             "\"a\" }, { code = 2, name = \"a\" }]\n"),
                "two values of attribute \"sex\" have the name \"a\""},
        BadFile{"CategoryCodeTwice",
                smallMapping("[attributes.sex]\nvariable = \"s\"\nvalues = [{ code = 1, name = "
                             "\"a\" }, { from = 0, to = 2, name = \"b\" }]\n"),
                "code 1 of attribute \"sex\" means two values"}),
    [](const auto& one) { return one.param.name; });

TEST(Mapping, RefusesMoreThanTwoHundredOptions) {
  std::string options;
  for (int i = 0; i < 201; ++i) {
    options += "{ code = " + std::to_string(i) + ", text = \"o" + std::to_string(i) + "\" },\n";
  }
  const std::string text =
      withQuestion("scale = \"nominal\"\ntext = \"?\"\noptions = [" + options + "]\n");
  EXPECT_THAT(test::errorOf([&] { test::tabulateText("q\n1\n", text); }),
              HasSubstr("question \"q\" has 201 options, but can have at most 200"));
}

TEST(Mapping, GivesOptionsTheirCodesAsValues) {
  const auto result = test::tabulateText(
      "q\n1\n10\n", withQuestion("scale = \"interval\"\ntext = \"?\"\noption_values = \"codes\"\n"
                                 "options = [{ code = 1, text = \"a\" }, { code = 10, text = "
                                 "\"b\" }]\n"));
  EXPECT_EQ(result.survey.questions.at(0).options[1].value, 10.0);
}

TEST(Mapping, ReadsAMultitudeOfValuesOnlyWhereTheyAreListed) {
  std::string csv = "q,s\n";
  for (int i = 0; i <= 1000; ++i) csv += "1," + std::to_string(i) + "\n";
  const std::string text = smallMapping("[attributes.id]\nvariable = \"s\"\n");
  EXPECT_THAT(test::errorOf([&] { test::tabulateText(csv, text); }),
              HasSubstr("a.csv:1002: attribute \"id\" has more than 1000 values"));
}

}  // namespace
}  // namespace canvass
