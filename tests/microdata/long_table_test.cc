// Long tables: one answer of a respondent a record, in any order.
#include "microdata/text_microdata.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::Tabulated;
using test::tabulateText;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string questions = R"(
[survey]
language = "en"
[design]
weight = "w"
strata = "s"
[missing]
dont_know = [8]
not_asked = [""]
[attributes.sex]
variable = "sex"
[[populations]]
by = []
name = "all"
phrase = "someone"
minimum = 1
[[populations]]
by = ["sex"]
phrase = "a {sex}"
minimum = 1
[[questions]]
variable = "q"
text = "Tea?"
scale = "ordinal"
options = [{ code = 1, text = "yes" }, { code = 2, text = "no" }]
[[questions]]
variable = "r"
text = "Milk?"
scale = "ordinal"
options = [{ code = 1, text = "yes" }, { code = 2, text = "no" }]
)";

const std::string longMapping = R"([table]
shape = "long"
respondent = "id"
)" + questions;

const std::string byRespondent =
    "id,question,answer,w,s,sex\n"
    "a,q,1,2,n,f\na,r,1,2,n,f\nb,q,2,1,n,m\nb,r,8,1,n,m\nc,q,1,1,t,f\n";
const std::string byQuestion =
    "question,id,answer,w,s,sex\n"
    "q,a,1,2,n,f\nq,b,2,1,n,m\nq,c,1,1,t,f\nr,a,1,2,n,f\nr,b,8,1,n,m\n";
// c has no record of r.
const std::string wide = "q,r,w,s,sex\n1,1,2,n,f\n2,8,1,n,m\n1,,1,t,f\n";

TEST(LongTable, IsTheSameSampleAsTheWideOneInAnyOrder) {
  const std::string expected = surveyToJsonl(tabulateText(wide, questions).survey);
  EXPECT_EQ(surveyToJsonl(tabulateText(byRespondent, longMapping).survey), expected);
  EXPECT_EQ(surveyToJsonl(tabulateText(byQuestion, longMapping).survey), expected);
}

TEST(LongTable, CountsQuestionsThatAreNotUsed) {
  const Tabulated result =
      tabulateText(byRespondent + "c,x,7,1,t,f\nd,x,7,1,t,f\nd,y,7,1,t,f\n", longMapping);
  EXPECT_THAT(result.readingNotes,
              Contains("3 records of questions that the mapping does not use (x: 2; y: 1)"));
}

TEST(LongTable, NamesRecordsThatContradictEachOther) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"a,q,2,2,n,f\n",
       "a.csv:7: question \"q\": the respondent already has an answer to it; remove one of the two "
       "records"},
      {"c,r,2,5,t,f\n", "a.csv:7: the respondent's weight differs from that in an earlier record"},
      {"c,r,2,1,n,f\n", "the respondent's stratum differs"},
      {"c,r,2,1,t,m\n", "the respondent's value of \"sex\""},
      {"c,r,2,1,t,\n", "the respondent's value of \"sex\""},
      {",r,2,1,t,m\n", "a.csv:7: the respondent is missing"},
      {"c,,2,1,t,m\n", "a.csv:7: the question is missing"},
      {"c,r,2,-1,t,m\n", "a.csv:7: the weight is negative: -1"},
      {"c,r,7,1,t,f\n", "a.csv:7: question \"r\": code \"7\" is not one of its options"},
  };
  for (const auto& [row, message] : cases) {
    EXPECT_THAT(test::errorOf([&, &last = row] { tabulateText(byRespondent + last, longMapping); }),
                HasSubstr(message));
    const Tabulated lenient = tabulateText(byRespondent + row, longMapping, false, true);
    ASSERT_THAT(lenient.skipped, SizeIs(1)) << row;
    EXPECT_EQ(lenient.skipped[0].record, 6u);
    EXPECT_EQ(surveyToJsonl(lenient.survey), surveyToJsonl(tabulateText(wide, questions).survey));
  }
}

TEST(LongTable, LeavesARespondentWithoutAWeightOutAsAWhole) {
  const Tabulated lenient =
      tabulateText(byRespondent + "d,q,1,,n,f\nd,r,1,3,n,f\n", longMapping, false, true);
  EXPECT_EQ(surveyToJsonl(lenient.survey), surveyToJsonl(tabulateText(wide, questions).survey));
  EXPECT_THAT(lenient.skipped, SizeIs(1));
}

TEST(LongTable, NamesTheColumnThatIsNotThere) {
  EXPECT_THAT(test::errorOf([&] { tabulateText("id,question,value\n1,q,1\n", longMapping); }),
              AllOf(HasSubstr("m.toml:1:1: "), HasSubstr("a.csv has no variable \"answer\"")));
}

}  // namespace
}  // namespace canvass
