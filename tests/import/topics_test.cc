#include "import/topics.h"

#include "base/error.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string topicsHeader = "first_id,last_id,topic\n";

Survey surveyOf(const std::vector<std::string>& ids) {
  Survey survey;
  for (const std::string& id : ids) survey.questions.push_back({id, "", "old", {}, {}, {}});
  return survey;
}

TEST(Topics, ReadQuotesCommentsAndWindowsLines) {
  const auto ranges = parseTopics(
      "# sections\r\n" + topicsHeader + "1,45,\"norms, \"\"values\"\"\"\r\nQ46,46,wellbeing",
      "t.csv");
  ASSERT_EQ(ranges.size(), 2u);
  EXPECT_EQ(ranges[0].topic, "norms, \"values\"");
  EXPECT_EQ(ranges[1].first, 46u);
  EXPECT_EQ(ranges[1].topic, "wellbeing");
}

TEST(Topics, GoToQuestionsByNumber) {
  const std::vector<TopicRange> ranges{{1, 9, "a"}, {20, 29, "b"}};
  Survey survey = surveyOf({"9", "Q20", "q29", "10", "income", "1b"});
  EXPECT_THAT(applyTopics(ranges, survey), ElementsAre("10", "income", "1b"));
  std::vector<std::string> topics;
  for (const Question& question : survey.questions) topics.push_back(question.topic);
  EXPECT_THAT(topics, ElementsAre("a", "b", "b", "old", "old", "old"));
}

TEST(Topics, NameTheFaultyLine) {
  struct Case {
    std::string text;
    std::string message;
  };
  for (const auto& [text, message] : {
           Case{"", "t.csv: the file names no topics"},
           Case{topicsHeader, "t.csv: the file names no topics"},
           Case{"1,2,a\n", "t.csv:1: the header is \"1,2,a\"; it must be first_id,last_id,topic"},
           Case{topicsHeader + "1,2\n", "t.csv:2: the line has fewer than three fields"},
           Case{topicsHeader + "\n", "t.csv:2: the line has fewer than three fields"},
           Case{topicsHeader + "1,x,a\n", "t.csv:2: \"x\" is not a question number"},
           Case{topicsHeader + "1,-2,a\n", "t.csv:2: \"-2\" is not a question number"},
           Case{topicsHeader + "3,2,a\n", "t.csv:2: the range 3 to 2 is empty"},
           Case{topicsHeader + "1,2,\n", "t.csv:2: the topic is empty"},
           Case{topicsHeader + "1,2,a,b\n",
                "t.csv:2: a topic that holds a comma or a quote must be"},
           Case{topicsHeader + "1,2,\"a\n", "t.csv:2: a double quote is not closed"},
           Case{topicsHeader + "1,2,\"a\"b\n", "t.csv:2: there is text after the closing quote"},
           Case{topicsHeader + "1,5,a\n5,9,b\n", "t.csv:3: question 5 has two topics: a and b"},
           Case{"\xff", "t.csv: the text is not UTF-8 at byte 0"},
       }) {
    EXPECT_THAT(test::errorOf([&text = text] { parseTopics(text, "t.csv"); }), HasSubstr(message));
  }
}

// The sections of the questionnaire leave no question out from the first to the last.
TEST(Topics, OfTheWorldValuesSurveyCoverItsQuestions) {
  const auto ranges = readTopics(test::sourceFolder() / "data" / "topics" / "wvs7.csv");
  std::uint64_t next = 1;
  for (const TopicRange& range : ranges) {
    EXPECT_EQ(range.first, next) << range.topic;
    next = range.last + 1;
  }
  EXPECT_EQ(next, 260u);
  Survey survey = surveyOf({"57", "152", "164", "Q176"});
  applyTopics(ranges, survey);
  EXPECT_EQ(survey.questions[0].topic, "social capital, trust, organisational membership");
  EXPECT_EQ(survey.questions[1].topic, "postmaterialism");
  EXPECT_EQ(survey.questions[2].topic, "religious values");
  EXPECT_EQ(survey.questions[3].topic, "ethical values");
}

}  // namespace
}  // namespace canvass
