#include "import/dtef/dtef.h"

#include "base/file.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::HasSubstr;

const std::string climate = R"({
  "surveyId": "climate", "surveyName": "Climate attitudes", "source": "Dialogues 2024",
  "questions": {
    "q1": {"text": "How concerned are you?", "type": "single-select",
           "options": ["Very", "Somewhat", "Not at all"]},
    "q2": {"text": "Which of these?", "type": "multi-select", "options": ["This", "That"]}},
  "segments": [
    {"id": "us-m", "label": "USA, men", "attributes": {"country": "USA", "gender": "male"},
     "sampleSize": 342,
     "responses": [{"questionId": "q1", "distribution": [28.4, 36.0, 35.5]},
                   {"questionId": "q2", "distribution": [60, 70]}]},
    {"id": "young", "label": "18-25", "attributes": {"ageGroup": "18-25", "gender": "male"},
     "sampleSize": 300, "responses": [{"questionId": "q1", "distribution": [50, 30, 20]}]}]})";

class Dtef : public testing::Test {
 protected:
  ImportResult import(const std::string& text, const ImportOptions& options = {}) {
    folder_.write("survey.json", text);
    return importDtef({folder_.path() / "survey.json"}, options);
  }
  std::string faultOf(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return test::errorOf([&] { import(text); });
  }
  test::TemporaryFolder folder_;
};

TEST_F(Dtef, MakesASurveyOfItsSegments) {
  const ImportResult result = import(climate);
  const Survey& survey = result.survey;
  EXPECT_EQ(survey.name, "Climate attitudes");
  EXPECT_EQ(survey.source, "Dialogues 2024");
  ASSERT_EQ(survey.questions.size(), 1u);
  EXPECT_EQ(survey.questions[0].options[2].text, "Not at all");
  EXPECT_EQ(survey.populations[0].phrase, "someone from USA whose gender is male");
  EXPECT_EQ(survey.populations[1].phrase,
            "someone whose age group is 18-25 and whose gender is male");
  EXPECT_EQ(survey.populations[1].attributes.at("ageGroup"), "18-25");
  ASSERT_EQ(survey.items.size(), 2u);
  EXPECT_EQ(survey.items[0].respondents, 342.0);
  EXPECT_NEAR((*survey.items[0].observed)[0], 28.4 / 99.9, 1e-12);
  EXPECT_THAT(result.notes, testing::Contains(HasSubstr("1 question of other types")));
  EXPECT_THAT(result.notes, testing::Contains(HasSubstr("n is the size of the segment")));
  ImportOptions options;
  options.nominalQuestions = {"q1"};
  EXPECT_EQ(import(climate, options).survey.questions[0].scale, Scale::nominal);
}

TEST_F(Dtef, IsRecognized) {
  folder_.write("survey.json", climate);
  EXPECT_TRUE(isDtefFile(folder_.path() / "survey.json"));
  folder_.write("other.json", "[1]");
  EXPECT_FALSE(isDtefFile(folder_.path() / "other.json"));
}

TEST_F(Dtef, FaultsNameSegmentAndQuestion) {
  EXPECT_THAT(faultOf(climate, "28.4, 36.0, 35.5", "28.4, 36.0"),
              testing::AllOf(HasSubstr("segment 1, question \"q1\""), HasSubstr("2 shares for 3")));
  EXPECT_THAT(faultOf(climate, "28.4, 36.0, 35.5", "28.4, 36.0, 3.5"), HasSubstr("segment 1"));
  EXPECT_THAT(faultOf(climate, "\"sampleSize\": 342", "\"sampleSize\": 0"),
              HasSubstr("the sampleSize is 0"));
  EXPECT_THAT(faultOf(climate, "\"questionId\": \"q1\"", "\"questionId\": \"q7\""),
              HasSubstr("q7"));
  EXPECT_THAT(faultOf(climate, "\"questions\"", "\"queries\""), HasSubstr("\"questions\" must be"));
  EXPECT_THAT(faultOf(climate, "\"options\": [\"Very\"", "\"options\": [7"),
              HasSubstr("question q1"));
  EXPECT_THAT(faultOf(climate, "\"young\"", "\"us-m\""), HasSubstr("segment 2"));
}

TEST_F(Dtef, InvalidResponsesCanBeSkipped) {
  std::string text = climate;
  text.replace(text.find("28.4, 36.0, 35.5"), 16, "28.4, 36.0");
  ImportOptions options;
  options.skipInvalid = true;
  const ImportResult result = import(text, options);
  EXPECT_EQ(result.survey.items.size(), 1u);
  EXPECT_EQ(result.skipped.size(), 1u);
}

}  // namespace
}  // namespace canvass
