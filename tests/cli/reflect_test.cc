// `canvass reflect`, from files to files.
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json.h"
#include "opinions/made_up_opinions.h"
#include "opinions/made_up_values.h"
#include "support/program.h"
#include "survey/survey_file.h"

namespace canvass {
namespace {

using test::outputOf;
using test::runProgram;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Arguments = std::vector<std::string>;

class ReflectVerb : public testing::Test {
 protected:
  ReflectVerb() : survey_(test::madeUpValues(test::madeUpPlaces(20))) {
    survey_.name = "values";
    for (Question& question : survey_.questions) {
      for (Option& option : question.options) option.text = "option " + option.label;
    }
    for (Population& one : survey_.populations) one.phrase = "someone of " + one.id;
    writeSurvey(survey_, at("survey.jsonl"));
    Predictions asThird = test::answeringByQuestion(
        survey_, [this](std::size_t q) { return test::observedOf(survey_, q, 2); });
    asThird.templateName = "no-population";
    writePredictions(asThird, at("default.jsonl"));
    write(0.5, "qa", "first.jsonl");
    write(0.2, "bio", "second.jsonl");
    write(0.2, "qa", "third.jsonl");
  }

  void write(double shrink, const std::string& templateName, const std::string& file) const {
    Predictions steered = test::shrunk(survey_, shrink);
    steered.templateName = templateName;
    writePredictions(steered, at(file));
  }

  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  Arguments reflect(const Arguments& more, const std::string& predictions = "default.jsonl") const {
    Arguments all = {"reflect", "--survey", at("survey.jsonl"), "--predictions", at(predictions)};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  test::TemporaryFolder folder_;
  Survey survey_;
};

TEST_F(ReflectVerb, ShowsWhoseOpinionsAModelReflects) {
  const std::string text = outputOf(reflect({}));
  EXPECT_THAT(text, HasSubstr("similar to"));
  EXPECT_THAT(text, HasSubstr("cultural map"));
  EXPECT_THAT(text, HasSubstr("nearest are p2 (0.00)"));
}

TEST_F(ReflectVerb, NamesRunsByTheirFiles) {
  const auto runsOf = [this](const Arguments& files) {
    Arguments all = {"--steered"};
    for (const std::string& file : files) all.push_back(at(file));
    all.emplace_back("--json");
    const Json json = parseJson(outputOf(reflect(all)), "output");
    return json["sensitivity"][0]["run"].get<std::string>() + " " +
           json["sensitivity"][1]["run"].get<std::string>();
  };
  EXPECT_EQ(runsOf({"first.jsonl", "second.jsonl"}), "first second");
  EXPECT_EQ(runsOf({"first.jsonl", "third.jsonl"}), "first third");
}

TEST_F(ReflectVerb, DrawsTheMap) {
  if (!test::canvassDraws()) GTEST_SKIP() << "canvass was built without its drawing code";
  outputOf(reflect({"--steered", at("first.jsonl"), "--map", at("map.svg"), "--theme", "dark"}));
  const std::string svg = readFile(at("map.svg"));
  EXPECT_THAT(svg, StartsWith("<?xml"));
  EXPECT_THAT(svg, HasSubstr("the model with a population named (first)"));
}

TEST_F(ReflectVerb, SaysWhatIsWrong) {
  const auto errorsOf = [this](const Arguments& more, const std::string& predictions) {
    const auto finished = runProgram(reflect(more, predictions));
    EXPECT_EQ(finished.exitCode, 1);
    return finished.errors;
  };
  const std::string named = errorsOf({}, "first.jsonl");
  EXPECT_THAT(named, HasSubstr("first.jsonl: the answers to 14 of 14 questions differ between"));
  EXPECT_THAT(named, HasSubstr("a population was named; predict with --template no-population"));
  EXPECT_THAT(errorsOf({"--whole", "earth"}, "default.jsonl"),
              HasSubstr("the survey has no population \"earth\""));
  const Survey others = test::madeUpOpinions(3, 4);
  writePredictions(test::shrunk(others, 1.0), at("others.jsonl"));
  EXPECT_THAT(errorsOf({"--steered", at("others.jsonl")}, "default.jsonl"),
              HasSubstr("others.jsonl: no prediction is of an observed item of the survey"));
  EXPECT_THAT(errorsOf({}, "others.jsonl"), HasSubstr("answer none of the survey's questions"));
  writeSurvey(others, at("survey.jsonl"));
  writePredictions(test::answeringByQuestion(
                       others, [&](std::size_t q) { return test::observedOf(others, q, 0); }),
                   at("default.jsonl"));
  EXPECT_THAT(errorsOf({"--map", at("map.svg")}, "default.jsonl"),
              HasSubstr("a cultural map needs 5 of its ten indicators"));
}

TEST_F(ReflectVerb, WrongUsageEndsWithTwo) {
  EXPECT_EQ(runProgram(reflect({"--map", at("map.gif")})).exitCode, 2);
  EXPECT_EQ(runProgram(reflect({"--theme", "dark"})).exitCode, 2);
  EXPECT_EQ(runProgram({"reflect", "--survey", at("survey.jsonl")}).exitCode, 2);
}

}  // namespace
}  // namespace canvass
