#include "microdata/codebook_table.h"

#include "support/test_support.h"

namespace canvass {
namespace {

using test::errorOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(CodebookTable, GivesLabelsOfVariablesAndCodes) {
  const Codebook codebook = parseCodebookTable(
      "variable,code,label\nq1,,\"Tea, or not?\"\nq1,1,Yes\nq1,2.0,No\nq2,north,The north\n",
      "c.csv");
  EXPECT_EQ(codebook.at("q1").label, "Tea, or not?");
  EXPECT_THAT(codebook.at("q1").valueLabels,
              ElementsAre(ValueLabel{"1", "Yes"}, ValueLabel{"2", "No"}));
  EXPECT_THAT(codebook.at("q2").valueLabels, ElementsAre(ValueLabel{"north", "The north"}));
}

TEST(CodebookTable, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> cases[] = {
      {"variable,label\n", "c.csv:1: the header is not variable,code,label"},
      {"variable,code,label\nq1,1\n", "c.csv:2: the line is not a variable, a code and a label"},
      {"variable,code,label\n,1,Yes\n", "c.csv:2: the line is not"},
      {"variable,code,label\nq,1,Yes\nq,1,No\n", "c.csv:3: code 1 of variable \"q\" has a second"},
      {"variable,code,label\nq,,A\nq,,B\n", "c.csv:3: the variable \"q\" has a second label"},
      {"variable,code,label\nq,1,\xFF\n", "not UTF-8"}};
  for (const auto& [text, says] : cases) {
    EXPECT_THAT(errorOf([&, t = text] { parseCodebookTable(t, "c.csv"); }), HasSubstr(says))
        << text;
  }
}

}  // namespace
}  // namespace canvass
