#include "microdata/draft/draft_mapping.h"

#include "microdata/draft/guesses.h"
#include "microdata/readstat/readstat_reader.h"
#include "microdata/text_microdata.h"

namespace canvass {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

// A file of respondents in memory, with labels.
class MadeUpFile : public MicrodataReader {
 public:
  MadeUpFile(std::vector<Variable> variables, std::vector<std::vector<std::string>> records)
      : variables_(std::move(variables)), records_(std::move(records)) {}

  const std::string& fileName() const override { return name_; }
  const std::vector<Variable>& variables() const override { return variables_; }
  std::string place() const override { return name_; }
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress&) override {
    std::size_t number = 0;
    for (const auto& record : records_) {
      std::vector<Value> values;
      for (const std::size_t i : chosen) {
        values.push_back(record[i].starts_with('.') ? Value{Value::Kind::missing, 0.0, record[i]}
                                                    : valueOf(record[i]));
      }
      take({++number, values});
    }
  }

 private:
  std::string name_ = "made-up.sav";
  std::vector<Variable> variables_;
  std::vector<std::vector<std::string>> records_;
};

Variable labeled(const std::string& name, std::vector<ValueLabel> labels) {
  Variable variable;
  variable.name = name;
  variable.label = "What of " + name + "?";
  variable.valueLabels = std::move(labels);
  return variable;
}

std::string draftOf(MicrodataReader& reader) {
  Progress silent;
  return draftMapping(reader, silent);
}

Survey importBy(MicrodataReader& reader, const std::string& text) {
  const Mapping mapping = parseMapping(text, "draft.toml");
  RespondentCollector collector(mapping, false);
  Progress silent;
  collector.read(reader, silent);
  return tabulate(mapping, collector.plan(), collector.respondents(), {}, silent).survey;
}

// The question's table of a draft.
std::string tableOf(const std::string& draft, const std::string& variable) {
  const std::size_t at = draft.find("variable = \"" + variable + "\"");
  if (at == std::string::npos) return {};
  return draft.substr(draft.rfind("\n[", at), draft.find("\n[", at) - draft.rfind("\n[", at));
}

TEST(Draft, WorksAsItStandsOnFilesOfPackages) {
  const auto folder = test::sourceFolder() / "tests" / "microdata" / "golden";
  for (const auto& [file, format, questions] :
       {std::tuple{"tea.sav", StatisticsFormat::spssSystem, 3u},
        std::tuple{"tea.dta", StatisticsFormat::stata, 2u}}) {
    const auto reader = openStatisticsFile({folder / file, format, {}});
    const std::string draft = draftOf(*reader);
    const Survey survey = importBy(*reader, draft);
    EXPECT_EQ(survey.questions.size(), questions) << draft;
    EXPECT_EQ(survey.populations.size(), 10u) << draft;
    EXPECT_EQ(survey.items.size(), questions * 10u) << draft;
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
  EXPECT_THAT(draft, HasSubstr("dont_know = [7]\nrefused = [8, 99, \".b\"]"));
  EXPECT_THAT(draft, HasSubstr("not_asked = [9, \"\"]\n"));
  EXPECT_THAT(draft,
              HasSubstr("# check: code 99 \"Interviewer error\" is missing: of which kind?"));
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
  EXPECT_THAT(draftOf(file), AllOf(HasSubstr("#   one (What of one?): 1 different answers"),
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

TEST(Draft, IsAnErrorWhereNothingLooksLikeAQuestion) {
  MadeUpFile file({labeled("q", {})}, {{"1"}});
  EXPECT_THAT(test::errorOf([&] { draftOf(file); }),
              HasSubstr("made-up.sav: no variable looks like a question"));
}

TEST(Guesses, OfMissingCodes) {
  const std::pair<const char*, std::optional<MissingKind>> labels[] = {
      {"Don't know", MissingKind::dontKnow},
      {"DK/Refused", MissingKind::dontKnow},
      {"No answer", MissingKind::refused},
      {"REFUSED (VOL.)", MissingKind::refused},
      {"Not applicable; no children", MissingKind::notAsked},
      {"N/A", MissingKind::notAsked},
      {"I know him", std::nullopt},
      {"No", std::nullopt},
      {"Nation", std::nullopt},
      {"", std::nullopt}};
  for (const auto& [label, kind] : labels) EXPECT_EQ(guessMissing(label), kind) << label;
}

TEST(Guesses, OfOrder) {
  EXPECT_TRUE(looksOrdered({"Strongly agree", "Agree", "Disagree"}));
  EXPECT_TRUE(looksOrdered({"Every day", "Sometimes", "Never"}));
  EXPECT_FALSE(looksOrdered({"Tea", "Coffee", "Most others"}));
}

TEST(Guesses, OfDemographicsAndDesign) {
  EXPECT_EQ(guessDemographic("B_COUNTRY", ""), Demographic::country);
  EXPECT_EQ(guessDemographic("v3", "Sex of respondent"), Demographic::sex);
  EXPECT_EQ(guessDemographic("sexism", "Is sex a taboo?"), std::nullopt);
  EXPECT_EQ(guessDemographic("Q262", "Do you like tea?"), std::nullopt);
  EXPECT_EQ(guessDesignRole("W_WEIGHT", ""), DesignRole::weight);
  EXPECT_EQ(guessDesignRole("v9", "Post-stratification weight"), DesignRole::weight);
  EXPECT_EQ(guessDesignRole("vpsu", ""), DesignRole::cluster);
  EXPECT_EQ(guessDesignRole("VSTRAT", ""), DesignRole::strata);
  EXPECT_EQ(guessDesignRole("q1", "Your opinion"), std::nullopt);
}

}  // namespace
}  // namespace canvass
