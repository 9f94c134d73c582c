// `canvass picture`, which needs no model. Its drawings are tested in web/tests.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "support/program.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::Finished;
using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;

class PictureVerb : public testing::Test {
 protected:
  PictureVerb() {
    Survey survey;
    survey.questions.push_back(
        {"1", "Does it rain?", "weather", {{"A", "Yes", {}}, {"B", "No", {}}}, Scale::ordinal, {}});
    survey.populations.push_back({"jp", "Japan", "someone from Japan", {}});
    survey.items.push_back({0, 0, Distribution{0.25, 0.75}, 100.0, {}});
    writeSurvey(survey, at("train.jsonl"));
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  test::TemporaryFolder folder_;
};

TEST_F(PictureVerb, JsonHasWhatThePictureShows) {
  const Json json = parseJson(outputOf({"picture", "map", at("train.jsonl"), "--json"}), "output");
  EXPECT_EQ(json["picture"], "part-map");
  EXPECT_EQ(json["title"], "Populations by part of the study");
  EXPECT_EQ(json["study"]["parts"][0]["name"], "train");
  EXPECT_EQ(json["study"]["parts"][0]["items"].dump(), "[[0,0,100.0]]");
}

TEST_F(PictureVerb, DrawsEveryKind) {
  if (!test::canvassDraws()) GTEST_SKIP() << "canvass was built without its drawing code";
  for (const char* kind : {"map", "topics", "coverage"}) {
    const std::string file = at(std::string(kind) + ".svg");
    outputOf({"picture", kind, at("train.jsonl"), "--title", "Tea & rain", "-o", file});
    const std::string svg = readFile(file);
    EXPECT_THAT(svg, StartsWith("<?xml"));
    EXPECT_THAT(svg, HasSubstr("Tea &amp; rain")) << kind;
  }
}

TEST_F(PictureVerb, WrongUsageEndsWithTwo) {
  const std::vector<Arguments> wrong = {
      {"map", at("train.jsonl")},
      {"map", at("train.jsonl"), "-o", at("x.gif")},
      {"portrait", at("train.jsonl"), "-o", at("x.svg")},
      {"topics", "--evaluation", "run.json", "-o", at("x.svg")},
      {"map", at("train.jsonl"), "--evaluation", "run.json", "-o", at("x.svg")},
      {"map", at("train.jsonl"), "--metric", "emd", "-o", at("x.svg")},
      {"map", at("train.jsonl"), "--respondents", "-o", at("x.svg")},
      {"map", at("train.jsonl"), "--theme", "pink", "-o", at("x.svg")},
  };
  for (const Arguments& arguments : wrong) {
    Arguments all = {"picture"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    EXPECT_EQ(runProgram(all).exitCode, 2) << testing::PrintToString(arguments);
  }
}

TEST_F(PictureVerb, SaysWhatIsMissing) {
  const Finished nothing = runProgram({"picture", "map", "-o", at("x.svg")});
  EXPECT_EQ(nothing.exitCode, 1);
  EXPECT_THAT(nothing.errors, HasSubstr("there is nothing to draw; name one or several survey"));
}

}  // namespace
}  // namespace canvass
