#include "report/survey/survey_summary.h"

#include <map>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

// Two questions x three populations, one cell missing, nothing wrong with it.
Survey soundSurvey() {
  Survey survey =
      makeSurvey({makeQuestion("q1", 2, "trust"), makeQuestion("q2", 3, "", Scale::nominal)},
                 {"AD", "JP", "US"});
  survey.name = "A survey";
  survey.source = "Someone 2020";
  survey.questions[1].options[0].text = "Something else";
  addItem(survey, 0, 0, {0.5, 0.5});
  addItem(survey, 0, 1, {0.4, 0.6});
  addItem(survey, 0, 2, {0.3, 0.7});
  addItem(survey, 1, 0, {0.2, 0.3, 0.5});
  addItem(survey, 1, 1, {0.2, 0.3, 0.5});
  for (std::size_t i = 0; i < 4; ++i) {
    survey.items[i].respondents = 1000.0 + 100.0 * static_cast<double>(i);
  }
  return survey;
}

TEST(SurveySummary, Counts) {
  const SurveySummary summary = summarize(soundSurvey());
  EXPECT_EQ(summary.questions, 2u);
  EXPECT_EQ(summary.populations, 3u);
  EXPECT_EQ(summary.items, 5u);
  EXPECT_EQ(summary.observed, 5u);
  EXPECT_DOUBLE_EQ(summary.coverage, 5.0 / 6);
  EXPECT_THAT(summary.topics, ElementsAre(Pair("trust", 1), Pair("", 1)));
  EXPECT_THAT(summary.scales, ElementsAre(Pair("nominal", 1), Pair("ordinal", 1)));
  EXPECT_THAT(summary.optionCounts, ElementsAre(Pair(2, 1), Pair(3, 1)));
  EXPECT_EQ(summary.itemsPerPopulation.least, 1.0);
  EXPECT_EQ(summary.itemsPerPopulation.median, 2.0);
  EXPECT_EQ(summary.respondents.known, 4u);
  EXPECT_EQ(summary.respondents.median, 1150.0);
  EXPECT_EQ(summary.respondents.most, 1300.0);
  EXPECT_EQ(summary.effectiveSampleSizes.known, 0u);
  EXPECT_THAT(summary.findings, IsEmpty());
}

struct Fault {
  const char* finding;
  void (*make)(Survey&);
  const char* example;
};

const Fault faults[] = {
    {"no_distribution", [](Survey& s) { s.items[1].observed.reset(); }, "q1, Name of JP"},
    {"one_option_only",
     [](Survey& s) {
       s.items[1].observed = {0.0, 1.0};
     },
     "q1, Name of JP"},
    {"few_respondents", [](Survey& s) { s.items[4].respondents = 99.0; }, "q2, Name of JP"},
    {"n_eff_above_n", [](Survey& s) { s.items[0].effectiveSampleSize = 1001.0; }, "q1, Name of AD"},
    {"few_items",
     [](Survey& s) {
       s.populations.push_back({"XX", "Nowhere", "x", {}});
     },
     "Nowhere (0)"},
    {"no_items", [](Survey& s) { s.questions.push_back(makeQuestion("q3", 5)); }, "q3"},
    {"one_population", [](Survey& s) { s.items.pop_back(); }, "q2"},
    {"no_text", [](Survey& s) { s.questions[1].text.clear(); }, "q2"},
    {"repeated_question",
     [](Survey& s) {
       s.questions[1].text = s.questions[0].text;
       s.questions[1].options = s.questions[0].options;
       for (Item& item : s.items) item.observed->resize(2);
     },
     "q2 as q1"},
    {"repeated_option", [](Survey& s) { s.questions[1].options[2].text = "Option B"; },
     "q2: Option B"},
    {"split_option", [](Survey& s) { s.questions[0].options[1].text = "but might do"; },
     "q1: but might do"},
    {"unchosen_option",
     [](Survey& s) {
       s.items[3].observed = s.items[4].observed = {0.5, 0.0, 0.5};
     },
     "q2: Option B"},
};

TEST(SurveySummary, FindsWhatLooksWrong) {
  for (const Fault& fault : faults) {
    SCOPED_TRACE(fault.finding);
    Survey survey = soundSurvey();
    fault.make(survey);
    const auto findings = findWhatLooksWrong(survey);
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].name, fault.finding);
    EXPECT_THAT(findings[0].cases, ElementsAre(fault.example));
  }
}

TEST(SurveySummary, IsAText) {
  Survey survey = soundSurvey();
  survey.items[0].observed = {1.0, 0.0};
  survey.items[1].observed = {1.0, 0.0};
  survey.items[2].observed = {0.5, 0.5};
  EXPECT_EQ(surveySummaryText(summarize(survey), {.width = 60, .ascii = true}, 1),
            "A survey\n"
            "\n"
            "Source       Someone 2020\n"
            "Language     en\n"
            "Questions    2: 1 nominal, 1 ordinal\n"
            "Populations  3; items: median 2, from 1 to 2\n"
            "Items        5, 83.3% of all pairs of question and\n"
            "             population\n"
            "n            median 1,150, from 1,000 to 1,300; known for 4\n"
            "             of 5 items\n"
            "n, effective unknown\n"
            "\n"
            "Questions by number of options\n"
            "  2 options      1  ########################################\n"
            "  3 options      1  ########################################\n"
            "\n"
            "Questions by topic\n"
            "  trust           1  #######################################\n"
            "  (no topic)      1  #######################################\n"
            "\n"
            "What looks wrong\n"
            "      2  items with all answers on one option\n"
            "           q1, Name of AD\n"
            "           and 1 more\n");
}

TEST(SurveySummary, SaysThatNothingLooksWrong) {
  EXPECT_THAT(surveySummaryText(summarize(soundSurvey())), HasSubstr("\nNothing looks wrong.\n"));
}

TEST(SurveySummary, OfNothingIsAText) {
  const std::string text = surveySummaryText(summarize(Survey{}));
  EXPECT_THAT(text, HasSubstr("Questions    0\n"));
  EXPECT_THAT(text, HasSubstr("Populations  0\n"));
}

TEST(SurveySummary, IsJson) {
  Survey survey = soundSurvey();
  survey.items[1].observed = survey.items[2].observed = {0.0, 1.0};
  const Json json = surveySummaryJson(summarize(survey), 1);
  EXPECT_EQ(json["questions"], 2);
  EXPECT_DOUBLE_EQ(json["coverage"].get<double>(), 5.0 / 6);
  EXPECT_EQ(json["options"], (Json{{"2", 1}, {"3", 1}}));
  EXPECT_EQ(json["topics"], (Json{{"trust", 1}, {"(no topic)", 1}}));
  EXPECT_EQ(json["n"].dump(), R"({"known":4,"least":1000.0,"median":1150.0,"most":1300.0})");
  EXPECT_EQ(json["n_eff"].dump(), R"({"known":0})");
  EXPECT_EQ(json["findings"][0]["name"], "one_option_only");
  EXPECT_EQ(json["findings"][0]["count"], 2);
  EXPECT_EQ(json["findings"][0]["examples"], Json::array({"q1, Name of JP"}));
}

}  // namespace
}  // namespace canvass
