#include "microdata/draft/draft_mapping.h"

#include <fmt/format.h>

#include "microdata/draft/demographics.h"
#include "microdata/draft/label_order.h"
#include "microdata/made_up_file.h"
#include "microdata/readstat/readstat_reader.h"

namespace canvass {
namespace {

using test::draftOf;
using test::importBy;
using test::labeled;
using test::MadeUpFile;
using test::tableOf;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST(Draft, WorksAsItStandsOnFilesOfPackages) {
  const auto folder = test::sourceFolder() / "tests" / "microdata" / "golden";
  for (const auto& [file, format, questions] :
       {std::tuple{"tea.sav", StatisticsFormat::spssSystem, 3u},
        std::tuple{"tea.dta", StatisticsFormat::stata, 2u}}) {
    const auto reader = openStatisticsFile({folder / file, format, {}});
    const std::string draft = draftOf(*reader);
    const Survey survey = importBy(*reader, draft);
    EXPECT_EQ(survey.questions.size(), questions) << draft;
    EXPECT_EQ(survey.populations.size(), 3u) << draft;  // countries
    EXPECT_EQ(survey.items.size(), questions * 3u) << draft;
    EXPECT_THAT(draft, AllOf(HasSubstr("weight = \"wt\""), HasSubstr("words = \"woman\""),
                             HasSubstr("#   id (): more than 100 different values")));
  }
}

TEST(Draft, SortsMissingCodesByTheirLabels) {
  Variable variable = labeled("q", {{"1", "Yes"},
                                    {"2", "No"},
                                    {"7", "DON\u2019T KNOW"},
                                    {"8", "Prefer not to say"},
                                    {"9", "Inap."},
                                    {"99", "Interviewer error"}});
  variable.missingRanges = {{99, 99}};
  MadeUpFile file({variable}, {{"1"}, {"2"}, {""}, {".b"}});
  const std::string draft = draftOf(file);
  EXPECT_THAT(draft, HasSubstr("dont_know = [7]  # check: DON\u2019T KNOW\nrefused = [8]"));
  EXPECT_THAT(draft, HasSubstr("not_asked = [9, 99, \".b\", \"\"]  # check: Inap. |"));
  EXPECT_THAT(
      draft,
      HasSubstr("# check: code 99 \"Interviewer error\" is missing by the file's own rules"));
}

TEST(Draft, FillsAScaleOfWhichOnlyTheEndsHaveLabels) {
  MadeUpFile file({labeled("q", {{"0", "None"}, {"4", "All"}})}, {{"0"}, {"1"}, {"3"}, {"4"}});
  const std::string draft = draftOf(file);
  EXPECT_THAT(draft, HasSubstr("{ code = 0, text = \"0 (None)\" },\n  { code = 1, text = \"1\" },\n"
                               "  { code = 2, text = \"2\" },\n  { code = 3, text = \"3\" },\n"
                               "  { code = 4, text = \"4 (All)\" },"));
  EXPECT_THAT(draft, HasSubstr("scale = \"interval\""));
  EXPECT_THAT(draft, HasSubstr("option_values = \"codes\""));
}

TEST(Draft, JoinsCodesOfOneLabel) {
  MadeUpFile file({labeled("q", {{"1", "Tea"}, {"2", "Other"}, {"3", "Other"}})}, {{"1"}, {"3"}});
  const std::string draft = draftOf(file);
  EXPECT_THAT(draft, HasSubstr("{ codes = [2, 3], text = \"Other\" }"));
  EXPECT_THAT(draft, HasSubstr("# check: codes 2 and 3 have one label \"Other\""));
}

TEST(Draft, ListsWhatIsNoQuestionWithTheReason) {
  MadeUpFile file({labeled("q", {{"1", "Yes"}, {"2", "No"}}), labeled("one", {{"1", "Yes"}}),
                   labeled("plain", {})},
                  {{"1", "1", "5"}, {"2", "1", "6"}});
  EXPECT_THAT(draftOf(file), AllOf(HasSubstr("#   one (What of one?): only one answer"),
                                   HasSubstr("#   plain (What of plain?): no value labels")));
}

TEST(Draft, PutsAWeightThatIsNoneIntoAComment) {
  Variable weight = labeled("w1", {});
  weight.isFileWeight = true;
  MadeUpFile file({labeled("q", {{"1", "Yes"}, {"2", "No"}}), weight}, {{"1", "-1"}, {"2", "1"}});
  EXPECT_THAT(draftOf(file),
              HasSubstr("# or: weight = \"w1\"  # check: What of w1?\n#   not usable"));
}

TEST(Draft, EscapesWhatTomlWouldMisread) {
  Variable variable = labeled("q", {{"1", "Say \"yes\"\n"}, {"2", "C:\\no\tway"}});
  variable.label = "Two\nlines?";
  MadeUpFile file({variable}, std::vector<std::vector<std::string>>(60, {"1"}));
  const std::string draft = draftOf(file);
  const Survey survey = importBy(file, draft);
  EXPECT_EQ(survey.questions.at(0).text, "Two\nlines?");
  EXPECT_EQ(survey.questions[0].options[0].text, "Say \"yes\"\n");
  EXPECT_THAT(draft, Not(HasSubstr("| C:\\no\t")));
}

TEST(Draft, OfAFileWithoutLabelsTakesVariablesOfFewValues) {
  std::vector<std::vector<std::string>> records;
  for (int i = 0; i < 120; ++i) {
    records.push_back({std::to_string(i), i % 2 == 0 ? "Agree" : "Disagree",
                       i % 3 == 0 ? "Don't know" : std::to_string(i % 3)});
  }
  Variable id, text, number;
  id.name = "id";
  text.name = "text";
  number.name = "number";
  MadeUpFile file({id, text, number}, records);
  const std::string draft = draftOf(file);
  EXPECT_THAT(tableOf(draft, "id"), "");
  EXPECT_THAT(tableOf(draft, "text"), HasSubstr("{ code = \"Agree\", text = \"Agree\" }"));
  EXPECT_THAT(tableOf(draft, "number"), HasSubstr("dont_know = [\"Don't know\"]"));
  EXPECT_THAT(tableOf(draft, "number"),
              HasSubstr("# check: no label says what these codes mean: 1, 2"));
  EXPECT_THAT(importBy(file, draft).questions, SizeIs(2));
}

// Two answers of each respondent.
MadeUpFile longFile(const std::vector<std::string>& extra) {
  std::vector<Variable> variables;
  for (const char* name : {"id", "question", "answer", "sex", "weight", "note"}) {
    Variable variable;
    variable.name = name;
    variables.push_back(variable);
  }
  std::vector<std::vector<std::string>> records;
  for (int i = 0; i < 120; ++i) {
    const std::string id = std::to_string(i);
    const char* sex = i % 2 == 0 ? "male" : "female";
    records.push_back({id, "weight", i % 3 == 0 ? "Tea" : "Milk", sex, "1.5", "a"});
    records.push_back({id, "q2", i % 5 == 0 ? "Yes" : "No", sex, "1.5", "b"});
  }
  if (!extra.empty()) records.push_back(extra);
  return {std::move(variables), std::move(records)};
}

TEST(Draft, OfALongTableTakesQuestionsFromItsRows) {
  MadeUpFile file = longFile({});
  const std::string draft = draftOf(file);
  EXPECT_THAT(draft, HasSubstr("shape = \"long\""));
  EXPECT_THAT(draft, HasSubstr("\nweight = \"weight\""));
  const Survey survey = importBy(file, draft);
  EXPECT_THAT(survey.questions, SizeIs(2));
  EXPECT_THAT(survey.populations, SizeIs(2));
}

TEST(Draft, OfALongTableSaysWhatContradictsItself) {
  MadeUpFile twice = longFile({"5", "q2", "Yes", "female", "1.5", "c"});
  EXPECT_THAT(test::errorOf([&] { draftOf(twice); }),
              HasSubstr("respondent 5 has a second answer to question q2"));
  MadeUpFile nobody = longFile({"", "q2", "Yes", "female", "1.5", "c"});
  EXPECT_THAT(test::errorOf([&] { draftOf(nobody); }), HasSubstr("the column \"id\" is empty"));
  // A sex and a weight that change are none; the draft still imports.
  MadeUpFile changing = longFile({"5", "q3", "Yes", "male", "2", "c"});
  const std::string draft = draftOf(changing);
  EXPECT_THAT(draft, Not(HasSubstr("attributes.sex")));
  EXPECT_THAT(importBy(changing, draft).questions, SizeIs(2));
}

TEST(Draft, CountsItsGuesses) {
  MadeUpFile file(
      {labeled("q1", {{"1", "Yes"}, {"2", "No"}, {"8", "Don't know"}, {"9", "Refused"}}),
       labeled("q2", {{"1", "Yes"}, {"2", "No"}, {"3", "Not sure"}})},
      {{"1", "1"}, {"2", "3"}});
  Progress silent;
  const MappingDraft draft = draftMapping(file, {}, silent);
  EXPECT_THAT(
      draft.notes,
      testing::ElementsAre("2 questions, 0 attributes, whose scales are guessed by their labels",
                           "2 codes taken for no answer: 1 don't know, 1 refused, 0 not asked",
                           "1 code kept as an answer, though the label sounds like none",
                           "no weight found: unweighted"));
  for (const std::string& note : draft.notes) {
    EXPECT_THAT(draft.text, HasSubstr("\n#   " + note + "\n"));
  }
}

TEST(Draft, DoesNotMakeQuestionsOfIdentifiersAndTimes) {
  std::vector<std::vector<std::string>> records;
  for (int i = 0; i < 10; ++i) {
    records.push_back({std::to_string(i), "1990", i % 2 == 0 ? "2024-01-05" : "2024-02-05",
                       std::to_string(2000 + i % 3), std::string(400, 'a' + char(i % 3)),
                       i % 2 == 0 ? "Yes" : "No"});
  }
  std::vector<Variable> variables;
  for (const char* name : {"id", "birth", "when", "bought", "remarks", "q"}) {
    Variable variable;
    variable.name = name;
    variables.push_back(variable);
  }
  MadeUpFile file(variables, records);
  const std::string draft = draftOf(file);
  EXPECT_THAT(importBy(file, draft).questions, SizeIs(1));
  for (const char* reason :
       {"#   id (): it identifies respondents", "#   when (): its values are dates",
        "#   bought (): its values are years", "#   remarks (): its values are long texts"}) {
    EXPECT_THAT(draft, HasSubstr(reason));
  }
}

TEST(Draft, DoesNotBelieveALevelThatTheLabelsDoNotShow) {
  Variable party = labeled("party", {{"1", "Labour"}, {"2", "Green"}, {"3", "Liberal"}});
  party.measure = Measure::ordinal;
  Variable often = labeled("often", {{"1", "Always"}, {"2", "Sometimes"}, {"3", "Never"}});
  often.measure = Measure::nominal;
  MadeUpFile file({party, often}, {{"1", "1"}, {"2", "3"}});
  const std::string draft = draftOf(file);
  EXPECT_THAT(tableOf(draft, "party"), HasSubstr("scale = \"nominal\""));
  EXPECT_THAT(draft, HasSubstr("# check: the file says ordinal, but the labels show no order"));
  EXPECT_THAT(tableOf(draft, "often"), HasSubstr("scale = \"ordinal\""));
}

// The draft with the populations that are only comments in it.
std::string withoutMarks(std::string draft) {
  for (const char* line : {"[[populations]]", "by =", "name =", "phrase =", "minimum ="}) {
    const std::string marked = fmt::format("\n# {}", line);
    for (std::size_t at = draft.find(marked); at != std::string::npos; at = draft.find(marked)) {
      draft.erase(at + 1, 2);
    }
  }
  return draft;
}

TEST(Draft, KeepsPopulationsOfAttributesApart) {
  Variable sex, region;
  sex.name = "sex";
  region.name = "region";
  std::vector<std::vector<std::string>> records;
  for (int i = 0; i < 240; ++i) {
    records.push_back({i % 2 == 0 ? "1" : "2", i % 4 < 2 ? "1" : "2", i % 3 == 0 ? "1" : "2"});
  }
  MadeUpFile file({sex, region, labeled("q", {{"1", "Yes"}, {"2", "No"}})}, records);
  const std::string draft = draftOf(file);
  EXPECT_THAT(draft, HasSubstr("name = \"sex: {sex}\""));
  // One division; the others are there as comments, and may be populations, too.
  EXPECT_THAT(importBy(file, draft).populations, SizeIs(2));
  EXPECT_THAT(importBy(file, withoutMarks(draft)).populations, SizeIs(5));
}

// One division of the respondents as far as there are answers for it.
TEST(Draft, DividesRespondentsInOneWay) {
  const auto draftOfYears = [](int respondents, bool hasCountry) {
    std::vector<Variable> variables{
        labeled("sex", {{"1", "Male"}, {"2", "Female"}}),
        labeled("agegroup", {{"1", "Young"}, {"2", "Middle"}, {"3", "Old"}}),
        labeled("q", {{"1", "Yes"}, {"2", "No"}})};
    variables[1].label = "Age group";
    if (hasCountry) variables.push_back(labeled("country", {{"1", "Peru"}, {"2", "Chile"}}));
    std::vector<std::vector<std::string>> records;
    for (int i = 0; i < respondents; ++i) {
      records.push_back({i % 2 == 0 ? "1" : "2", std::to_string(1 + i % 3), "1"});
      if (hasCountry) records.back().push_back(i % 5 == 0 ? "1" : "2");
    }
    MadeUpFile file(variables, records);
    const std::string draft = draftOf(file);
    const Survey survey = importBy(file, draft);
    for (const Population& one : survey.populations) EXPECT_TRUE(one.sample->shared.empty());
    if (survey.populations.size() == 6) {
      EXPECT_EQ(survey.populations[0].phrase, "a man aged Young");
    }
    return survey.populations.size();
  };
  EXPECT_EQ(draftOfYears(600, true), 2u);   // countries
  EXPECT_EQ(draftOfYears(600, false), 6u);  // women and men by age
  EXPECT_EQ(draftOfYears(250, false), 2u);  // too few for six
  EXPECT_EQ(draftOfYears(90, false), 1u);   // everybody
}

TEST(Draft, GivesAnAttributeToOneVariable) {
  const std::vector<ValueLabel> labels{{"1", "Male"}, {"2", "Female"}};
  MadeUpFile file({labeled("sex", labels), labeled("gender", labels),
                   labeled("q", {{"1", "Yes"}, {"2", "No"}})},
                  {{"1", "1", "1"}, {"2", "2", "2"}});
  EXPECT_THAT(draftOf(file),
              HasSubstr("#   gender (What of gender?): another variable is the attribute sex"));
}

TEST(Draft, IsAnErrorWhereNothingLooksLikeAQuestion) {
  MadeUpFile file({labeled("q", {})}, {{"1"}});
  EXPECT_THAT(test::errorOf([&] { draftOf(file); }),
              HasSubstr("made-up.sav: no variable looks like a question"));
}

TEST(Guesses, OfOrder) {
  EXPECT_TRUE(looksOrdered({"Strongly agree", "Agree", "Disagree"}));
  EXPECT_TRUE(looksOrdered({"Every day", "Sometimes", "Never"}));
  EXPECT_FALSE(looksOrdered({"Tea", "Coffee", "Most others"}));
}

TEST(Guesses, OfDemographics) {
  EXPECT_EQ(guessDemographic("B_COUNTRY", ""), Demographic::country);
  EXPECT_EQ(guessDemographic("v3", "Sex of respondent"), Demographic::sex);
  EXPECT_EQ(guessDemographic("sexism", "Is sex a taboo?"), std::nullopt);
  EXPECT_EQ(guessDemographic("Q262", "Do you like tea?"), std::nullopt);
}

}  // namespace
}  // namespace canvass
