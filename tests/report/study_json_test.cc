#include "report/page/study_json.h"

#include <nlohmann/json.hpp>

#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::HasSubstr;

class StudyJson : public testing::Test {
 protected:
  StudyJson() {
    train = makeSurvey({makeQuestion("q1", 2, "trust"), makeQuestion("q2", 2)}, {"JP", "AD"});
    addItem(train, 0, 0, {0.5, 0.5});
    addItem(train, 1, 1, {0.8, 0.2});
    test = makeSurvey({makeQuestion("q2", 2), makeQuestion("q3", 2)}, {"AD", "PE"});
    addItem(test, 0, 1, {0.5, 0.5});
    addItem(test, 1, 0, {0.5, 0.5});
  }
  Json json() const { return studyJson({{"train", train}, {"test", test}}); }

  Survey train;
  Survey test;
};

TEST_F(StudyJson, QuestionsAndPopulationsOfAllPartsAreOneList) {
  const Json study = json();
  ASSERT_EQ(study["populations"].size(), 3u);
  EXPECT_EQ(study["populations"][2]["id"], "PE");
  ASSERT_EQ(study["questions"].size(), 3u);
  EXPECT_EQ(study["questions"][0]["topic"], "trust");
  EXPECT_EQ(study["questions"][2]["id"], "q3");
}

TEST_F(StudyJson, ItemsReferByIndex) {
  const Json study = json();
  EXPECT_EQ(study["parts"][0]["name"], "train");
  EXPECT_EQ(study["parts"][0]["items"].dump(), "[[0,0,null],[1,1,null]]");
  EXPECT_EQ(study["parts"][1]["items"].dump(), "[[1,2,null],[2,1,null]]");
}

// Survey programmes number their questions anew.
TEST_F(StudyJson, OneIdWithTwoTextsIsTwoQuestions) {
  test.questions[0].text = "Something else?";
  const Json study = json();
  EXPECT_EQ(study["questions"].size(), 4u);
  EXPECT_EQ(study["parts"][1]["items"][0].dump(), "[2,2,null]");
}

TEST_F(StudyJson, SampleSizesAreThoseOfWhoAnswered) {
  train.items[0].respondents = 1200;
  train.items[0].effectiveSampleSize = 800;
  train.items[1].effectiveSampleSize = 640.5;
  EXPECT_EQ(json()["parts"][0]["items"].dump(), "[[0,0,1200.0],[1,1,640.5]]");
}

TEST_F(StudyJson, CountryIsTheAttributeElseTheName) {
  train.populations[0].attributes["country"] = "Japan";
  train.populations[1].name.clear();
  const Json populations = json()["populations"];
  EXPECT_EQ(populations[0]["country"], "Japan");
  EXPECT_EQ(populations[1]["name"], "AD");
  EXPECT_EQ(populations[1]["country"], "AD");
}

TEST_F(StudyJson, EverySourceIsNamedOnce) {
  train.source = test.source = "The tea board, 2024";
  EXPECT_EQ(json()["sources"].dump(), R"(["The tea board, 2024"])");
  test.source.clear();
  test.name = "Coffee survey";
  EXPECT_EQ(json()["sources"].dump(), R"(["The tea board, 2024","Coffee survey"])");
  train.source = train.name = test.name = "";
  EXPECT_EQ(json()["sources"].dump(), "[]");
}

const char* const evaluationByPopulation =
    R"({"model": "tiny", "by_population": {
          "jp": {"name": "Japan", "metrics": {"emd": 0.25, "kl": null},
                 "denominators": {"emd": 3, "kl": 4}},
          "pe": {"name": "Peru", "metrics": {"emd": null, "kl": 1}, "denominators": {"emd": 0}}}})";

TEST(ValueMapJson, HasEveryPopulationWithItsItems) {
  const Json map = valueMapJson(parseJson(evaluationByPopulation, "e"), "emd", "e.json");
  EXPECT_EQ(map["name"], "Earth mover's distance (lower is better)");
  EXPECT_EQ(map["source"], "predictions of tiny, e.json");
  EXPECT_EQ(
      map["values"].dump(),
      R"([{"name":"Japan","country":"Japan","attributes":{},"value":0.25,"interval":null,"items":3},)"
      R"({"name":"Peru","country":"Peru","attributes":{},"value":null,"interval":null,"items":0}])");
}

TEST(ValueMapJson, WhatIsNoEvaluationIsNamed) {
  struct Case {
    const char* text;
    const char* message;
  };
  const Case cases[] = {
      {"[]", "e.json: there are several evaluations in this file"},
      {"{}", "e.json: this is not an evaluation: it has no object by_population"},
      {"3", "e.json: this is not an evaluation"},
      {R"({"by_population": []})", "it has no object by_population"},
      {R"({"by_population": {"jp": 3}})", "by_population, \"jp\""},
      {R"({"by_population": {"jp": {"metrics": {"emd": "x"}}}})", "by_population, \"jp\""},
      {R"({"by_population": {"jp": {"metrics": 5}}})", "by_population, \"jp\""},
  };
  for (const Case& one : cases) {
    EXPECT_THAT(errorOf([&] { valueMapJson(parseJson(one.text, "e"), "emd", "e.json"); }),
                HasSubstr(one.message))
        << one.text;
  }
  EXPECT_THAT(
      errorOf([] { valueMapJson(parseJson(evaluationByPopulation, "e"), "luck", "e.json"); }),
      HasSubstr("luck"));
}

}  // namespace
}  // namespace canvass
