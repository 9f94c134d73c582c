#include "survey/dates.h"

#include "support/test_support.h"
#include "survey/survey_file.h"
#include "survey/waves.h"

namespace canvass {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Dates, AreYearsMonthsOrDays) {
  for (const char* date : {"", "2020", "2020-05", "2020-05-17", "2024-02-29"}) {
    EXPECT_NO_THROW(checkDate(date, "here")) << date;
  }
  for (const char* date : {"20", "2020-13", "2020-00", "2020-5", "2021-02-29", "17.5.2020",
                           "2020-05-1", "2020/05", "May 2020", "2020-05-17T00", "２０２０"}) {
    EXPECT_THAT(test::errorOf([&] { checkDate(date, "here"); }), HasSubstr("is not a date"))
        << date;
  }
}

TEST(Dates, AreOrderedAsFarAsTheyAreKnown) {
  const struct {
    const char* date;
    const char* limit;
    DateOrder order;
  } cases[] = {
      {"2019", "2020", DateOrder::before},
      {"2021", "2020", DateOrder::after},
      {"2020", "2020", DateOrder::before},
      {"2020-07", "2020", DateOrder::before},
      {"2020", "2020-05", DateOrder::unclear},
      {"2019", "2020-05", DateOrder::before},
      {"2020-06", "2020-05", DateOrder::after},
      {"2020-05-31", "2020-05", DateOrder::before},
      {"2020-05", "2020-05-02", DateOrder::unclear},
      {"", "2020", DateOrder::unclear},
      {"2020", "", DateOrder::unclear},
  };
  for (const auto& [date, limit, order] : cases) {
    EXPECT_EQ(orderOf(date, limit), order) << date << " " << limit;
  }
}

Population waved(const std::string& id, std::map<std::string, std::string> attributes) {
  return {id, id, id, std::move(attributes)};
}

TEST(Waves, AreThoseOfTheSamePeopleTheLatestFirst) {
  const std::vector<Population> all = {
      waved("jp5", {{"country", "Japan"}, {"wave", "5"}}),
      waved("jp7", {{"country", "Japan"}, {"wave", "wave 7"}}),
      waved("jp6", {{"country", "Japan"}, {"wave", "W6"}}),
      waved("pe6", {{"country", "Peru"}, {"wave", "6"}}),
      waved("jpf6", {{"country", "Japan"}, {"sex", "female"}, {"wave", "6"}}),
      waved("jp", {{"country", "Japan"}}),
      waved("jpx", {{"country", "Japan"}, {"wave", "pilot"}}),
      waved("jp10", {{"country", "Japan"}, {"wave", "10"}})};
  const auto earlier = earlierWaves(all, all);
  EXPECT_THAT(earlier[7], ElementsAre(1, 2, 0));
  EXPECT_THAT(earlier[1], ElementsAre(2, 0));
  EXPECT_THAT(earlier[2], ElementsAre(0));
  for (const std::size_t without : {0, 3, 4, 5, 6})
    EXPECT_TRUE(earlier[without].empty()) << without;
}

TEST(SurveysWithDates, AreOfTheThirdFormAndOthersOfTheSecond) {
  const std::string text = R"({"canvass":"survey","version":3,"name":"Tea","language":"en"}
{"question":{"id":"q","text":"Tea?","scale":"nominal","options":[{"label":"A","text":"Yes"},{"label":"B","text":"No"}],"date":"2019"}}
{"population":{"id":"jp","name":"Japan","phrase":"someone from Japan","date":"2020-05"}}
{"item":{"question":"q","population":"jp","distribution":[0.5,0.5]}}
)";
  Survey survey = parseSurvey(text, "tea.jsonl");
  EXPECT_EQ(survey.questions[0].date, "2019");
  EXPECT_EQ(survey.populations[0].date, "2020-05");
  EXPECT_EQ(parseSurvey(surveyToJsonl(survey), "again").populations[0].date, "2020-05");
  EXPECT_THAT(surveyToJsonl(survey), HasSubstr(R"("version":3)"));
  survey.questions[0].date = survey.populations[0].date = "";
  EXPECT_THAT(surveyToJsonl(survey), HasSubstr(R"("version":2)"));
  EXPECT_THAT(surveyToJsonl(survey), Not(HasSubstr("date")));
  std::string wrong = text;
  wrong.replace(wrong.find("2020-05"), 7, "May2020");
  EXPECT_THAT(test::errorOf([&] { parseSurvey(wrong, "tea.jsonl"); }),
              testing::AllOf(HasSubstr("tea.jsonl:3"), HasSubstr("\"May2020\" is not a date")));
}

}  // namespace
}  // namespace canvass
