#include "microdata/made_up_file.h"

namespace canvass {
namespace {

using test::draftOf;
using test::importBy;
using test::MadeUpFile;
using ::testing::HasSubstr;
using ::testing::Not;

Variable item(const std::string& name, const std::string& label, std::vector<ValueLabel> labels) {
  Variable variable;
  variable.name = name;
  variable.label = label;
  variable.valueLabels = std::move(labels);
  return variable;
}

std::vector<std::vector<std::string>> repeated(const std::vector<std::string>& record) {
  return std::vector<std::vector<std::string>>(60, record);
}

TEST(Batteries, OfMentionedAndNotMentionedAreOneSet) {
  const std::vector<ValueLabel> labels{
      {"0", "Not mentioned"}, {"1", "Mentioned"}, {"9", "Refused"}};
  MadeUpFile file(
      {item("q5_1", "Which do you drink? {hot} Tea", labels),
       item("q5_2", "Which do you drink? {hot} Milk", labels),
       item("q6_1", "Why not? - Taste", labels), item("q6_2", "Why not? - Price", labels)},
      repeated({"0", "1", "1", "0"}));
  const std::string draft = draftOf(file);
  EXPECT_THAT(draft, HasSubstr("id = \"q5\"\n"));
  EXPECT_THAT(draft, HasSubstr("chosen = [1]\nnot_chosen = [0]\nrefused = [9]"));
  EXPECT_THAT(draft, HasSubstr("{ variable = \"q6_1\", text = \"Taste\" }"));
  EXPECT_THAT(draft, Not(HasSubstr("[[questions]]")));
  const Survey survey = importBy(file, draft);
  ASSERT_EQ(survey.questions.size(), 4u);
  EXPECT_EQ(survey.questions[3].text, "Why not? Price");
}

TEST(Batteries, OfOneCodeOrNothingAreOneSet) {
  MadeUpFile file({item("q1", "Do you drink?", {{"1", "Yes"}, {"2", "No"}}),
                   item("q5_1", "Which of these? - Selected Choice - Tea", {{"1", "Tea"}}),
                   item("q5_2", "Which of these? - Selected Choice - Milk", {{"1", "Milk"}})},
                  {{"1", "1", ""}, {"2", "", "1"}, {"1", "", ""}});
  const std::string draft = draftOf(file);
  EXPECT_THAT(draft, HasSubstr("chosen = [1]\nnot_chosen = [\"\"]"));
  EXPECT_THAT(draft, HasSubstr("# check: an empty value counts as not chosen"));
  const Survey survey = importBy(file, draft);
  ASSERT_EQ(survey.questions.size(), 3u);
  EXPECT_DOUBLE_EQ((*survey.items.back().observed)[0], 1.0 / 3.0);
}

TEST(Batteries, AreNotQuestionsThatOnlyShareTheirOptions) {
  const std::vector<ValueLabel> yesNo{{"1", "Yes"}, {"2", "No"}};
  const std::vector<ValueLabel> mentioned{{"0", "Not mentioned"}, {"1", "Mentioned"}};
  MadeUpFile file({item("a", "Do you drink: Tea", yesNo), item("b", "Do you drink: Milk", yesNo),
                   item("c", "Rain", mentioned), item("d", "Snow", mentioned),
                   item("e", "Why? Taste", mentioned), item("f", "Why? Taste", mentioned)},
                  repeated({"1", "2", "1", "0", "1", "0"}));
  EXPECT_THAT(draftOf(file), Not(HasSubstr("multi_select")));
}

}  // namespace
}  // namespace canvass
