#include "microdata/choice/condition.h"

#include "microdata/choice/filtered_reader.h"
#include "microdata/choice/name_choice.h"
#include "microdata/made_up_file.h"

namespace canvass {
namespace {

using test::errorOf;
using test::labeled;
using test::MadeUpFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<Variable> variables() {
  Variable wave = labeled("wave", {});
  Variable age = labeled("age", {});
  age.missingRanges = {{999, 999}};
  Variable region = labeled("region", {});
  region.isText = true;
  return {wave,
          age,
          labeled("country", {{"1", "Peru"}, {"2", "Chile"}, {"9", "No answer"}}),
          region,
          labeled("Q1 a", {{"1", "Yes"}, {"2", "No"}}),
          labeled("not", {})};
}

// Whether it holds of the values of the variables above: "yes", "no" or "open".
std::string outcomeOf(const std::string& text, const std::vector<std::string>& record) {
  const Condition condition(text, variables());
  std::vector<Value> values;
  for (const std::size_t column : condition.columns()) values.push_back(valueOf(record[column]));
  const auto holds = condition.holds(values);
  if (!holds) return "open";
  return *holds ? "yes" : "no";
}

TEST(Condition, HoldsOfCodesAndLabels) {
  const std::vector<std::string> record{"2023", "34", "1", "north", "2", "5"};
  const std::pair<const char*, const char*> cases[] = {
      {"wave == 2023 and age >= 18", "yes"},
      {"wave = 2023 & age >= 18", "yes"},
      {"wave == 2023 AND age < 18", "no"},
      {"wave == 2021 or age > 33.5", "yes"},
      {"wave == 2021 || age <= 33", "no"},
      {"wave != 2021", "yes"},
      {"wave <> 2023", "no"},
      {"not wave == 2021", "yes"},
      {"!(wave == 2023)", "no"},
      {"not not wave == 2023", "yes"},
      {"country == \"Peru\"", "yes"},
      {"country == 'Chile'", "no"},
      {"country == Peru", "yes"},
      {"country == 1", "yes"},
      {"country == 1.0", "yes"},
      {"country in (\"Chile\", \"Peru\")", "yes"},
      {"country not in [2, 9]", "yes"},
      {"country in (2)", "no"},
      {"region == \"north\"", "yes"},
      {"region in (south, west)", "no"},
      {"`Q1 a` == \"No\"", "yes"},
      {"age is missing", "no"},
      {"age is not missing", "yes"},
      {"wave == 2021 or wave == 2022 and age > 18", "no"},
      {"(wave == 2021 or wave == 2023) and age > 18", "yes"},
      {"not `not` == 4", "yes"},
      {"age > -1", "yes"}};
  for (const auto& [text, outcome] : cases) EXPECT_EQ(outcomeOf(text, record), outcome) << text;
}

TEST(Condition, IsOpenWhereSomethingIsMissing) {
  const std::vector<std::string> record{"", "999", "1", "", "2", "5"};
  const std::pair<const char*, const char*> cases[] = {
      {"wave == 2023", "open"},
      {"wave != 2023", "open"},
      {"not wave == 2023", "open"},
      {"wave == 2023 or country == 1", "yes"},
      {"wave == 2023 or country == 2", "open"},
      {"wave == 2023 and country == 2", "no"},
      {"wave is missing", "yes"},
      {"age is missing", "yes"},  // by the file's own rules
      {"age >= 18", "open"},
      {"age == 999", "yes"},
      {"wave in (2021, 2023)", "open"}};
  for (const auto& [text, outcome] : cases) EXPECT_EQ(outcomeOf(text, record), outcome) << text;
}

TEST(Condition, SaysWhereItIsWrongAndWhatMayHaveBeenMeant) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "--where, character 1: the name of a variable is expected, but the condition ends here"},
      {"wve == 2023", "--where, character 1: the file has no variable \"wve\""},
      {"wve == 2023", "did you mean \"wave\""},
      {"wave ==", "--where, character 8: a number or a text in quotes is expected"},
      {"wave 2023", "--where, character 6: a comparison is expected"},
      {"wave == 2023 age > 3",
       "--where, character 14: and, or, or the end is expected, not \"age\""},
      {"country == \"Per\"", "variable \"country\" has no value \"Per\"; did you mean \"Peru\""},
      {"country > \"Peru\"", "--where, character 11: a number is expected"},
      {"(wave == 1", "a closing parenthesis is expected"},
      {"wave in 1", "a list is expected"},
      {"wave in (1", "a comma or the end of the list"},
      {"wave in (1]", "a comma or the end of the list"},
      {"wave is 3", "missing is expected"},
      {"wave not 3", "in is expected"},
      {"wave == \"x", "--where, character 9: the quote is not closed"},
      {"wave % 2", "--where, character 6: \"%\" means nothing here"},
      {"wave == -x", "\"-x\" is not a number"}};
  for (const auto& [text, says] : cases) {
    EXPECT_THAT(errorOf([&] { Condition(text, variables()); }), HasSubstr(says)) << text;
  }
  EXPECT_THAT(errorOf([&] { Condition(std::string(5000, '('), variables()); }),
              HasSubstr("nested too deeply"));
}

TEST(WithCondition, LeavesOutAndCountsRecords) {
  LeftOutRecords counts;
  const auto reader = withCondition(
      std::make_unique<MadeUpFile>(std::vector{labeled("q", {}), labeled("wave", {})},
                                   std::vector<std::vector<std::string>>{
                                       {"1", "2021"}, {"2", "2023"}, {"3", ""}, {"4", "2023"}}),
      "wave == 2023", counts);
  std::vector<std::string> answers;
  std::vector<std::size_t> numbers;
  Progress silent;
  for (int pass = 0; pass < 2; ++pass) {
    answers.clear();
    numbers.clear();
    reader->read(
        {0},
        [&](const RespondentRecord& record) {
          ASSERT_EQ(record.values.size(), 1u);
          answers.push_back(codeText(record.values[0]));
          numbers.push_back(record.number);
        },
        silent);
    EXPECT_THAT(answers, ElementsAre("2", "4"));
    EXPECT_THAT(numbers, ElementsAre(2u, 4u));
    EXPECT_EQ(counts.read, 4u);
    EXPECT_EQ(counts.leftOut, 2u);
    EXPECT_EQ(counts.open, 1u);
  }
}

TEST(ChosenNames, AreNamesStretchesAndBeginnings) {
  const std::vector<std::string> names{"q1", "q2", "q-3", "trust1", "trust2", "sex"};
  EXPECT_THAT(chosenNames({"sex", "q1"}, names, "--drop"), ElementsAre("q1", "sex"));
  EXPECT_THAT(chosenNames({"q2-trust1"}, names, "--drop"), ElementsAre("q-3", "q2", "trust1"));
  EXPECT_THAT(chosenNames({"q-3"}, names, "--drop"), ElementsAre("q-3"));
  EXPECT_THAT(chosenNames({"q1-q-3"}, names, "--drop"), ElementsAre("q-3", "q1", "q2"));
  EXPECT_THAT(chosenNames({"trust*"}, names, "--drop"), ElementsAre("trust1", "trust2"));
  const std::pair<const char*, const char*> faults[] = {
      {"trsut1", "--drop: there is no variable \"trsut1\"; did you mean \"trust1\""},
      {"q1-q9", "--drop q1-q9: there is no variable \"q9\""},
      {"sex-q1", "--drop sex-q1: \"sex\" comes after \"q1\"; write q1-sex"},
      {"x*", "--drop x*: there is no variable \"x\""}};
  for (const auto& [entry, says] : faults) {
    EXPECT_THAT(errorOf([&] { chosenNames({entry}, names, "--drop"); }), HasSubstr(says)) << entry;
  }
}

}  // namespace
}  // namespace canvass
