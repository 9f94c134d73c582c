#include <nlohmann/json.hpp>

#include "opinions/made_up_opinions.h"
#include "opinions/made_up_values.h"
#include "report/opinions/reflection_json.h"
#include "report/opinions/reflection_text.h"
#include "report/terminal/plain_table.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using test::madeUpOpinions;
using ::testing::HasSubstr;
using ::testing::Not;

// Answers as one population where none is named; deviations halved where one is.
Reflection reflectionAs(const Survey& survey, std::size_t population) {
  const DefaultAnswers answers = defaultAnswers(
      survey, test::answeringByQuestion(
                  survey, [&](std::size_t q) { return test::observedOf(survey, q, population); }));
  return reflectionOf(survey, answers,
                      {steeredAnswers(survey, test::shrunk(survey, 0.5), "halfway")});
}

TEST(ReflectionReport, JsonHasEveryFigure) {
  const Survey survey = madeUpOpinions(4, 20);
  const Json json = reflectionJson(survey, reflectionAs(survey, 2));
  EXPECT_EQ(json["model"], "model");
  EXPECT_EQ(json["questions"], 20);
  EXPECT_EQ(json["similarity"].size(), 4u);
  const Json& first = json["similarity"][0];
  EXPECT_EQ(first["population"], "p2");
  EXPECT_NEAR(first["similarity"]["mean"], 1.0, 1e-6);
  for (const char* key : {"mean_of_others", "difference", "uniform"}) {
    EXPECT_LE(first[key]["low"], first[key]["mean"]) << key;
    EXPECT_EQ(first[key]["questions"], 20) << key;
  }
  const Json& represented = json["representativeness"]["populations"][0];
  EXPECT_EQ(represented["population"], "p2");
  EXPECT_EQ(represented["runs"][0]["run"], "halfway");
  EXPECT_EQ(represented["runs"][0]["mean"], represented["steerability"]["mean"]);
  EXPECT_EQ(json["consistency"][0]["best"], "p2");
  EXPECT_NEAR(json["sensitivity"][0]["variance_ratio"]["value"], 0.25, 1e-9);
  EXPECT_TRUE(json["sensitivity"][0]["correlation_ceiling"].is_null());
  EXPECT_EQ(json["sensitivity"][0]["by_topic"].size(), 2u);
  EXPECT_TRUE(json["map"].is_null());
  EXPECT_THAT(json["map_missing"].get<std::string>(), HasSubstr("a cultural map needs 5"));
}

TEST(ReflectionReport, JsonHasTheMap) {
  const Survey survey = test::madeUpValues(test::madeUpPlaces(20));
  const Json json = reflectionJson(survey, reflectionAs(survey, 2));
  const Json& map = json["map"];
  EXPECT_EQ(map["indicators"].size(), 10u);
  EXPECT_EQ(map["populations"].size(), 20u);
  EXPECT_NEAR(map["model"]["secular"], map["populations"][2]["secular"], 1e-9);
  EXPECT_EQ(map["steered"][0]["points"].size(), 20u);
  EXPECT_LT(map["steered"][0]["mean_distance"], map["steered"][0]["unsteered_mean_distance"]);
}

TEST(ReflectionReport, TextShowsFiguresAndHidesTheMiddle) {
  const Survey survey = madeUpOpinions(25, 12);
  const Reflection reflection = reflectionAs(survey, 2);
  const std::string text = reflectionText(survey, reflection, false);
  EXPECT_THAT(text, HasSubstr("model, no population named: answers to 12 of 12 questions."));
  EXPECT_THAT(text, HasSubstr("10 more (--all)\n"));
  EXPECT_THAT(text, HasSubstr("1.000 (1.000 to 1.000)"));
  EXPECT_THAT(text, HasSubstr("named: halfway"));
  EXPECT_THAT(text, HasSubstr("0.250 (0.250 to 0.250)"));
  EXPECT_THAT(text, HasSubstr("Consistency of country: Name of p2 is best represented over all "
                              "topics,"));
  EXPECT_THAT(text, HasSubstr("300 of 300 items have no sample size"));
  const std::string all = reflectionText(survey, reflection, true);
  EXPECT_THAT(all, Not(HasSubstr("--all")));
  for (const Population& one : survey.populations) EXPECT_THAT(all, HasSubstr(one.name));
}

TEST(ReflectionReport, TextSaysWhatWasLeftOut) {
  Survey survey = madeUpOpinions(4, 10);
  survey.questions[0].scale = Scale::nominal;
  Reflection reflection = reflectionAs(survey, 1);
  reflection.answers.skipped.push_back(
      {"x", "y", "predicted, but the survey has no such question"});
  const std::string text = reflectionText(survey, reflection, false);
  EXPECT_THAT(text, HasSubstr("1 nominal question left out of what follows"));
  EXPECT_THAT(text, HasSubstr("default: 1 item not used, the first question x, population y:"));
}

TEST(ReflectionReport, TextTellsOfSampledDifferences) {
  const Survey survey = madeUpOpinions(3, 4);
  Reflection reflection = reflectionAs(survey, 0);
  reflection.answers.differing = 3;
  reflection.answers.furthest = 0.2;
  EXPECT_THAT(onOneLine(reflectionText(survey, reflection, false)),
              HasSubstr("Those to 3 differ between populations by up to 0.200 (total variation): "
                        "they were sampled"));
}

TEST(ReflectionReport, TextOfTheMapNamesItsAxesAndNeighbors) {
  const Survey survey = test::madeUpValues(test::madeUpPlaces(20));
  const Reflection reflection = reflectionAs(survey, 5);
  const std::string text = onOneLine(culturalMapText(survey, *reflection.map));
  EXPECT_THAT(text, HasSubstr("importance of God"));
  EXPECT_THAT(text, HasSubstr("nearest are p5 (0.00),"));
  EXPECT_THAT(text, HasSubstr("on average from the 20 populations named,"));
}

TEST(PlainTable, AlignsAndLeavesNoSpacesBehind) {
  EXPECT_EQ(plainTable({{"name", "n", "note"}, {"日本", "12", ""}, {"Peru", "3", "x"}}, {}),
            "name   n  note\n"
            "日本  12\n"
            "Peru   3  x\n");
}

TEST(PlainTable, SetsTitlesOnTwoLines) {
  EXPECT_EQ(plainTable({{"", "option\nmass", "n"}, {"Peru", "0.25", "3"}}, {}),
            "      option\n"
            "        mass  n\n"
            "Peru    0.25  3\n");
}

TEST(PlainTable, ShortensNamesThatLeaveNoRoom) {
  const std::string name(30, 'a');
  EXPECT_EQ(plainTable({{"", "n"}, {name, std::string(20, '1')}}, {.width = 40}),
            "                    n\n" + std::string(17, 'a') + "…  " + std::string(20, '1') + "\n");
}

}  // namespace
}  // namespace canvass
