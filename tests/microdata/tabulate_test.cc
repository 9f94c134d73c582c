// Figures of tables small enough to work out by hand.
#include "microdata/tabulate.h"

#include <fmt/format.h>

#include <cmath>

#include "microdata/text_microdata.h"

namespace canvass {
namespace {

using test::sharesNear;
using test::smallMapping;
using test::Tabulated;
using test::tabulateText;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string weighted = "[design]\nweight = \"w\"\n";

TEST(Tabulate, WeighsWhoAnswered) {
  const Tabulated result =
      tabulateText("q,w\n1,3\n1,1\n2,2\n8,1\n9,3\n,100\n", smallMapping(weighted));
  ASSERT_THAT(result.survey.items, SizeIs(1));
  const Item& item = result.survey.items[0];
  EXPECT_THAT(*item.observed, sharesNear({4.0 / 6, 2.0 / 6}));
  EXPECT_EQ(item.respondents, 3.0);
  EXPECT_NEAR(*item.effectiveSampleSize, 36.0 / 14.0, 1e-12);
  EXPECT_NEAR(*item.dontKnow, 0.1, 1e-12);
  EXPECT_NEAR(*item.refused, 0.3, 1e-12);
}

TEST(Tabulate, NeedsNoWeight) {
  const Tabulated result = tabulateText("q\n1\n1\n2\n8\n", smallMapping());
  const Item& item = result.survey.items.at(0);
  EXPECT_THAT(*item.observed, sharesNear({2.0 / 3, 1.0 / 3}));
  EXPECT_NEAR(*item.effectiveSampleSize, 3.0, 1e-12);
  EXPECT_NEAR(*item.dontKnow, 0.25, 1e-12);
  EXPECT_EQ(item.refused, 0.0);
}

TEST(Tabulate, KeepsMissingAsOptionsWhereAsked) {
  const Tabulated result =
      tabulateText("q,w\n1,4\n2,2\n8,1\n,5\n8,1\n", smallMapping(weighted), /*withMissing=*/true);
  const Question& question = result.survey.questions.at(0);
  ASSERT_THAT(question.options, SizeIs(3));  // nobody refused
  EXPECT_EQ(question.options[2].text, "Don't know");
  EXPECT_EQ(question.scale, Scale::nominal);
  const Item& item = result.survey.items.at(0);
  EXPECT_THAT(*item.observed, sharesNear({0.5, 0.25, 0.25}));
  EXPECT_EQ(item.respondents, 4.0);
  EXPECT_EQ(item.dontKnow, std::nullopt);
  EXPECT_THAT(result.notes, Contains(HasSubstr("1 question with an order treated as nominal")));
}

TEST(Tabulate, HasNoOptionForMissingAfterTwoHundred) {
  std::string mapping = smallMapping();
  const std::string last = "{ code = 2, text = \"no\" }";
  std::string more = last;
  for (int code = 101; code <= 298; ++code) {
    more += fmt::format(", {{ code = {0}, text = \"no {0}\" }}", code);
  }
  mapping.replace(mapping.find(last), last.size(), more);
  const auto options = tabulateText("q\n1\n8\n", mapping).survey.questions.at(0).options;
  ASSERT_THAT(options, SizeIs(200));
  EXPECT_EQ(options[26].label, "AA");
  EXPECT_THAT(
      test::errorOf([&] { tabulateText("q\n1\n8\n", mapping, /*withMissing=*/true); }),
      HasSubstr("the question has 200 options, as many as it can have, without \"Don't know\""));
}

const std::string mappingByLandAndAge = R"([survey]
language = "en"
[missing]
not_asked = [""]
[attributes.land]
variable = "land"
[attributes.age]
variable = "age"
values = [{ to = 39.5, name = "young" }, { from = 40, name = "old", words = "older person" }]
[[populations]]
by = ["land"]
phrase = "someone from {land}"
minimum = 3
[[populations]]
by = ["land", "age"]
name = "{age} in {land}"
phrase = "a {age} from {land}"
minimum = 2
[[questions]]
variable = "q"
text = "Tea?"
scale = "nominal"
options = [{ code = "y", text = "yes" }, { codes = ["n", "N"], text = "no" }]
)";

TEST(Tabulate, CrossesAttributesInTheOrderOfTheirValues) {
  const Tabulated result = tabulateText(
      "land,age,q\nPeru,50,y\nPeru,18,n\nPeru,60,N\nMali,20,y\nMali,21,y\nMali,39.5,n\nMali,70,y\n",
      mappingByLandAndAge);
  const auto& populations = result.survey.populations;
  ASSERT_THAT(populations, SizeIs(4));
  EXPECT_EQ(populations[0].id, "Peru");
  EXPECT_EQ(populations[0].phrase, "someone from Peru");
  EXPECT_EQ(populations[1].id, "Mali");
  EXPECT_EQ(populations[2].id, "old in Peru");
  EXPECT_EQ(populations[2].phrase, "a older person from Peru");
  EXPECT_THAT(populations[2].attributes,
              ElementsAre(std::pair("age", "old"), std::pair("land", "Peru")));
  EXPECT_EQ(populations[3].id, "young in Mali");
  EXPECT_THAT(*result.survey.items.at(0).observed, sharesNear({1.0 / 3, 2.0 / 3}));
  EXPECT_THAT(*result.survey.items.at(3).observed, sharesNear({2.0 / 3, 1.0 / 3}));
  EXPECT_THAT(result.notes, Contains("2 populations left out for having fewer respondents than the "
                                     "minimum: young in Peru (1 of at least 2); old in Mali (1 of "
                                     "at least 2)"));
}

TEST(Tabulate, CountsTheRespondentsOfTwoPopulations) {
  const Tabulated result = tabulateText(
      "land,age,q\nPeru,50,y\nPeru,55,n\nPeru,60,y\nMali,20,y\nMali,21,y\nMali,70,n\nMali,80,n\n",
      mappingByLandAndAge);
  // Everyone in Peru is old: one population of the two is kept, the one that says more.
  EXPECT_THAT(result.notes, Contains("1 population not kept for having the same respondents as "
                                     "another: Peru (kept as old in Peru)"));
  const auto& populations = result.survey.populations;
  ASSERT_THAT(populations, SizeIs(4));
  EXPECT_EQ(populations[0].id, "old in Peru");
  EXPECT_EQ(populations[0].sample, (PopulationSample{3, {}}));
  EXPECT_EQ(populations[1].id, "Mali");
  EXPECT_EQ(populations[1].sample,
            (PopulationSample{4, {{"old in Mali", 2}, {"young in Mali", 2}}}));
  EXPECT_EQ(populations[3].sample, (PopulationSample{2, {{"Mali", 2}}}));
}

TEST(Tabulate, KeepsTheStandardErrorOfEachShare) {
  const Tabulated result = tabulateText("q\n1\n1\n2\n2\n2\n", smallMapping());
  // A simple random sample: sqrt(p (1 - p) / (n - 1)).
  const double error = std::sqrt(0.4 * 0.6 / 4.0);
  EXPECT_THAT(*result.survey.items.at(0).standardErrors, sharesNear({error, error}));
}

TEST(Tabulate, NamesWhoIsInNoPopulation) {
  const Tabulated result = tabulateText(
      "land,age,q\nPeru,50,y\nPeru,,n\nPeru,39.7,n\n,70,n\nPeru,51,n\nPeru,-1,n\nPeru,x,n\n",
      mappingByLandAndAge);
  EXPECT_THAT(
      result.readingNotes,
      ElementsAre("1 respondent without a value of the attribute \"land\" (an empty value: 1)",
                  "3 respondents without a value of the attribute \"age\" (an empty value: 1; code "
                  "\"39.7\": 1; code \"x\": 1)"));
}

TEST(Tabulate, LeavesOutItemsWithFewAnswersByName) {
  const std::string mapping = smallMapping(
      "[[questions]]\nvariable = \"r\"\ntext = \"Milk?\"\nscale = \"nominal\"\n"
      "options = [{ code = 1, text = \"yes\" }, { code = 2, text = \"no\" }]\nrefused = [9]\n"
      "not_asked = [0]\n");
  const std::string asked = mapping.substr(0, mapping.find("minimum")) + "minimum = 2" +
                            mapping.substr(mapping.find("minimum") + 11);
  const Tabulated result = tabulateText("q,r\n1,9\n2,1\n1,0\n", asked);
  EXPECT_THAT(result.survey.items, SizeIs(1));
  EXPECT_THAT(
      result.notes,
      ElementsAre("1 item left out for having fewer answers than the minimum: r of all (1)"));
}

TEST(Tabulate, NamesQuestionsThatNobodyAnswered) {
  const std::string two = smallMapping(
      "[[questions]]\nvariable = \"r\"\ntext = \"Milk?\"\nscale = \"nominal\"\n"
      "options = [{ code = 1, text = \"yes\" }, { code = 2, text = \"no\" }]\nnot_asked = [0]\n");
  const Tabulated result = tabulateText("q,r\n1,0\n2,0\n", two);
  EXPECT_THAT(result.survey.items, SizeIs(1));
  EXPECT_THAT(result.notes, ElementsAre("1 question without any answer: r"));
}

TEST(Tabulate, LeavesOutWhatWeighsNothing) {
  const std::string message =
      test::errorOf([] { tabulateText("q,w\n1,0\n2,0\n", smallMapping(weighted)); });
  EXPECT_THAT(message, HasSubstr("no question has enough answers in any population"));
  EXPECT_THAT(message,
              HasSubstr("1 item left out because everyone who answered has weight 0: q of all"));
}

TEST(Tabulate, RefusesTwoPopulationsOfOneName) {
  const std::string mapping =
      smallMapping("[[populations]]\nby = []\nname = \"all\"\nphrase = \"anyone\"\nminimum = 1\n");
  EXPECT_THAT(test::errorOf([&] { tabulateText("q\n1\n2\n", mapping); }),
              HasSubstr("two populations are called \"all\""));
}

TEST(Tabulate, MakesAQuestionOfEachThingToChoose) {
  const Tabulated result = tabulateText(
      "q,a,b\n1,1,0\n1,1,\n1,0,0\n1,0,1\n",
      smallMapping("[[multi_select]]\nid = \"s\"\ntext = \"With {item}?\"\nchosen = [1]\n"
                   "not_chosen = [0]\nnot_asked = [\"\"]\nyes = \"Named\"\n"
                   "items = [{ variable = \"a\", text = \"milk\" }, "
                   "{ variable = \"b\", text = \"ice\", id = \"iced\" }]\n"));
  ASSERT_THAT(result.survey.questions, SizeIs(3));
  EXPECT_EQ(result.survey.questions[1].id, "s-a");
  EXPECT_EQ(result.survey.questions[2].id, "iced");
  EXPECT_EQ(result.survey.questions[2].text, "With ice?");
  EXPECT_EQ(result.survey.questions[2].options[0].text, "Named");
  EXPECT_THAT(*result.survey.items.at(1).observed, sharesNear({0.5, 0.5}));
  EXPECT_THAT(*result.survey.items.at(2).observed, sharesNear({1.0 / 3, 2.0 / 3}));
}

struct BadData {
  const char* name;
  std::string csv;
  std::string added;  // to the mapping
  std::string message;

  friend void PrintTo(const BadData& one, std::ostream* out) { *out << one.name; }
};

class BadMicrodata : public ::testing::TestWithParam<BadData> {};

TEST_P(BadMicrodata, IsNamedByLine) {
  EXPECT_THAT(test::errorOf([] { tabulateText(GetParam().csv, smallMapping(GetParam().added)); }),
              HasSubstr(GetParam().message));
}

const std::string designed = "[design]\nweight = \"w\"\nstrata = \"s\"\ncluster = \"c\"\n";

INSTANTIATE_TEST_SUITE_P(
    Faults, BadMicrodata,
    ::testing::Values(
        BadData{"UnknownCode", "q\n1\n7\n", "",
                "a.csv:3: question \"q\": code \"7\" is not one of its options; list it among the "
                "options, or in dont_know, refused or not_asked: not_asked = [7]"},
        BadData{"UnknownText", "q\nyes\n", "", "not_asked = [\"yes\"]"},
        BadData{"NegativeWeight", "q,w\n1,1\n1,-2\n", weighted,
                "a.csv:3: the weight is negative: -2; correct the weight"},
        BadData{"MissingWeight", "q,w\n1,\n", weighted, "a.csv:2: the weight is missing"},
        BadData{"WeightIsText", "q,w\n1,\"0,5\"\n", weighted,
                "a.csv:2: the weight is code \"0,5\", not a number"},
        BadData{"NoStratum", "q,w,s,c\n1,1,,1\n", designed, "a.csv:2: the stratum is missing"},
        BadData{"NoCluster", "q,w,s,c\n1,1,1,\n", designed, "a.csv:2: the cluster is missing"},
        BadData{"NoVariable", "p,r\n1,1\n", "", "a.csv has no variable \"q\""},
        BadData{"FewFields", "q,w\n1,1\n1\n", "",
                "a.csv:3: the record has 1 field, but the header has 2; a field with a comma"},
        BadData{"CutOff", "q,w,s\n1,1,1\n1,1", "",
                "a.csv:3: the record has 2 fields, but the header has 3; the file ends here "
                "without a newline: it may be cut off"},
        BadData{"ManyFields", "q;w\n1;1;1\n", "", "a.csv:2: the record has 3 fields"},
        BadData{"DoubleColumn", "q,w,q\n", "",
                "a.csv:1: columns 1 and 3 are both called \"q\"; give one of them another name"},
        BadData{"Empty", "", "", "a.csv: the file is empty"},
        BadData{"NoRespondent", "q,w\n", "", "there are no respondents in the files"},
        BadData{"OtherEncoding", "q,w\n\xE4,1\n", "",
                "a.csv:2: the text is not UTF-8 at byte 0 of the field; name its encoding"},
        BadData{"HeaderEncoding", "q,\xE4\n1,1\n", "", "a.csv:1: the text is not UTF-8"}),
    [](const auto& one) { return one.param.name; });

TEST(Microdata, LeavesOutWhatIsUnusableWhereAsked) {
  const Tabulated result = tabulateText("q,w\n1,1\n7,1\n2,-1\n7,1\n2,1\n", smallMapping(weighted),
                                        false, /*skipInvalid=*/true);
  EXPECT_THAT(*result.survey.items.at(0).observed, sharesNear({0.5, 0.5}));
  ASSERT_THAT(result.skipped, SizeIs(2));
  EXPECT_EQ(result.skipped[0].record, 3u);
  EXPECT_EQ(result.skipped[0].reason, "the weight is negative: -1");
  EXPECT_EQ(result.skipped[1].id, "q");
  EXPECT_EQ(result.skipped[1].record, 2u);
  EXPECT_THAT(result.skipped[1].reason, HasSubstr("(the first of 2 respondents)"));
}

TEST(Microdata, ReadsOtherEncodingsAndDecimalMarks) {
  const Tabulated result = tabulateText("land;q;w\n\xD6sterreich;1;0,25\n\xD6sterreich;2;0,75\n",
                                        R"([survey]
language = "en"
[file]
encoding = "windows-1252"
decimal = ","
[design]
weight = "w"
[attributes.land]
variable = "land"
[[populations]]
by = ["land"]
phrase = "someone from {land}"
minimum = 1
[[questions]]
variable = "q"
text = "Tea?"
scale = "nominal"
options = [{ code = 1, text = "yes" }, { code = 2, text = "no" }]
)");
  EXPECT_EQ(result.survey.populations.at(0).name, "\xC3\x96sterreich");
  EXPECT_THAT(*result.survey.items.at(0).observed, sharesNear({0.25, 0.75}));
}

}  // namespace
}  // namespace canvass
