// `canvass split` and `canvass audit`, which need no model.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "support/program.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;
using Arguments = std::vector<std::string>;

// Every question of every country.
Survey surveyOf(const std::vector<std::pair<std::string, std::string>>& questions,
                const std::vector<std::string>& countries) {
  Survey survey;
  for (const auto& [id, text] : questions) {
    survey.questions.push_back(
        {id, text, "weather", {{"A", "Yes", {}}, {"B", "No", {}}}, Scale::ordinal, {}});
  }
  for (const std::string& name : countries) survey.populations.push_back({name, name, name, {}});
  for (std::size_t q = 0; q < questions.size(); ++q) {
    for (std::size_t p = 0; p < countries.size(); ++p) {
      survey.items.push_back({q, p, Distribution{0.25, 0.75}, {}, {}});
    }
  }
  return survey;
}

class SplitVerb : public testing::Test {
 protected:
  SplitVerb() {
    Survey survey =
        surveyOf({{"1", "Does it rain?"}, {"Q170", "Do you sing?"}, {"200", "Do you own a boat?"}},
                 {"Japan", "Nigeria", "Peru", "Iran"});
    survey.questions[1].topic = "music, and dance";
    writeSurvey(survey, at("survey.jsonl"));
    writeSurvey(surveyOf({{"x", "does it rain"}, {"y", "Is there a bus?"}}, {"Japan", "Chile"}),
                at("other.jsonl"));
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
  std::size_t itemsIn(const std::string& name) const { return readSurvey(at(name)).items.size(); }

  test::TemporaryFolder folder_;
};

TEST_F(SplitVerb, WritesThePartsOfADesign) {
  const Finished finished =
      runProgram({"split", at("survey.jsonl"), "--design", "naacl2025", "-o", at("split")});
  EXPECT_EQ(itemsIn("split/train.jsonl"), 2u);
  EXPECT_EQ(itemsIn("split/valid.jsonl"), 2u);
  EXPECT_EQ(itemsIn("split/test-C1Q3.jsonl"), 2u);
  EXPECT_EQ(itemsIn("split/test-C2Q1.jsonl"), 1u);
  EXPECT_EQ(itemsIn("split/test-C3Q3.jsonl"), 2u);
  EXPECT_THAT(finished.output, HasSubstr("2 items in " + at("split/train.jsonl")));
  EXPECT_THAT(finished.errors, HasSubstr("note: fault of the design: Nigeria and Morocco"));
  outputOf({"split", at("survey.jsonl"), "--design", "naacl2025", "--repair", "-o", at("fixed")});
  EXPECT_EQ(itemsIn("fixed/test-C3Q3.jsonl"), 1u);
}

TEST_F(SplitVerb, NamesEmptyPartsAndRefusesTheirLeftovers) {
  writeSurvey(surveyOf({{"1", "Does it rain?"}}, {"Japan"}), at("small.jsonl"));
  const Arguments arguments = {"split", at("small.jsonl"), "--design", "naacl2025",
                               "-o",    at("small")};
  EXPECT_THAT(outputOf(arguments), HasSubstr("without items, not written: valid, test-C1Q3"));
  EXPECT_FALSE(std::filesystem::exists(at("small/valid.jsonl")));
  folder_.write("small/valid.jsonl", "");
  const Finished finished = runProgram(arguments);
  EXPECT_EQ(finished.exitCode, 1);
  EXPECT_THAT(finished.errors,
              HasSubstr("the part valid has no items, but there is an older file"));
}

TEST_F(SplitVerb, HoldsOutTopicsAndKeepsAShare) {
  const Finished finished =
      runProgram({"split", at("survey.jsonl"), "--hold-out-topics", "music, and dance",
                  "--keep-populations", "0.5", "--seed", "2", "-o", at("split")});
  EXPECT_EQ(itemsIn("split/held-out.jsonl"), 4u);
  EXPECT_EQ(itemsIn("split/train.jsonl"), 4u);
  EXPECT_THAT(finished.errors, HasSubstr("note: training populations not kept: 2 ("));
  EXPECT_THAT(finished.errors, HasSubstr("note: their items, in no part: 4"));
}

TEST_F(SplitVerb, LeavesASurveyOut) {
  outputOf({"split", at("survey.jsonl"), "--test-survey", at("other.jsonl"), "-o", at("split")});
  EXPECT_EQ(itemsIn("split/train.jsonl"), 12u);
  for (const char* part :
       {"test-unseen", "test-seen", "test-seen-questions", "test-seen-populations"}) {
    EXPECT_EQ(itemsIn("split/" + std::string(part) + ".jsonl"), 1u) << part;
  }
}

TEST_F(SplitVerb, OneWayExcludesAnother) {
  for (const Arguments& more :
       {Arguments{"--design", "naacl2025", "--seed", "1"},
        Arguments{"--design", "naacl2025", "--test-survey", "x"}, Arguments{"--repair"},
        Arguments{"--design", "best"}, Arguments{"--similarity", "0.5"}}) {
    Arguments arguments = {"split", at("survey.jsonl"), "-o", at("split")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    EXPECT_EQ(runProgram(arguments).exitCode, 2) << testing::PrintToString(more);
  }
}

TEST_F(SplitVerb, AuditSaysWhatPartsShare) {
  const Arguments arguments = {"audit", at("survey.jsonl"), at("other.jsonl")};
  const auto with = [&](const Arguments& more) {
    Arguments all = arguments;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  EXPECT_THAT(outputOf(arguments), HasSubstr("1  pair of questions with one text under two ids"));
  const Json json = parseJson(outputOf(with({"--json"})), "output");
  EXPECT_EQ(json["similarity"], 0.8);
  EXPECT_EQ(json["pairs"][0]["counts"]["items"], 1);
  const Finished strict = runProgram(with({"--strict"}));
  EXPECT_EQ(strict.exitCode, 1);
  EXPECT_THAT(
      strict.errors,
      HasSubstr(
          "the parts overlap: 1 items, 1 renamed, 1 populations; name what the parts may share"));
  outputOf(with({"--strict", "--allow", "items,renamed,populations"}));
  EXPECT_EQ(runProgram(with({"--allow", "items"})).exitCode, 2);
  EXPECT_EQ(runProgram(with({"--strict", "--allow", "luck"})).exitCode, 2);
}

}  // namespace
}  // namespace canvass
