#include "report/page/report_json.h"

#include <nlohmann/json.hpp>

#include "evaluation/evaluation.h"
#include "report/evaluation/evaluation_json.h"
#include "stats/small_survey.h"
#include "support/hostile_texts.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::HasSubstr;

class ReportJson : public testing::Test {
 protected:
  ReportJson() {
    survey = makeSurvey({makeQuestion("q1", 2, "trust"), makeQuestion("q2", 3, "", Scale::nominal)},
                        {"JP", "AD"});
    addItem(survey, 0, 0, {0.5, 0.5});
    addItem(survey, 0, 1, {0.75, 0.25});
    addItem(survey, 1, 1, {1.0 / 3, 1.0 / 3, 1.0 / 3});
    first = makePredictions(
        {makePrediction("q1", "JP", {1.0, 0.0}), makePrediction("q2", "AD", {0.5, 0.25, 0.25})});
    second = makePredictions({makePrediction("q1", "JP", {0.5, 0.5})});
  }

  Survey survey;
  Predictions first;
  Predictions second;
};

TEST_F(ReportJson, NamesEveryFigureWithItsDirection) {
  const Json metrics = metricsJson();
  EXPECT_EQ(metrics.size(), itemMetrics().size());
  EXPECT_EQ(metrics[0].dump(),
            R"({"name":"js_similarity","title":"JS similarity","better":"higher"})");
  EXPECT_EQ(metrics[2]["better"], "lower");
}

TEST_F(ReportJson, HasTheWordsOfTheSurvey) {
  survey.populations[0].attributes["country"] = "Japan";
  survey.populations[1].name.clear();
  survey.source = "The tea board";
  const Json json = reportSurveyJson(survey);
  EXPECT_EQ(json["source"], "The tea board");
  EXPECT_EQ(json["questions"][0]["topic"], "trust");
  EXPECT_EQ(json["questions"][1]["options"].size(), 3u);
  EXPECT_EQ(json["populations"][0]["country"], "Japan");
  EXPECT_EQ(json["populations"][1]["name"], "AD");
}

TEST_F(ReportJson, ItemsHaveWhatEachRunPredicted) {
  const Json items = reportItemsJson(survey, {first, second});
  ASSERT_EQ(items.size(), 2u) << "an item that no run predicts is not shown";
  EXPECT_EQ(items[0][0], 0);
  EXPECT_EQ(items[0][1], 0);
  EXPECT_TRUE(items[0][2].is_null());
  EXPECT_EQ(items[0][3].dump(), "[0.5,0.5]");
  EXPECT_EQ(items[0][4][0][0].dump(), "[1.0,0.0]");
  EXPECT_EQ(items[0][4][1][1][metricIndex("js_similarity")], 1.0);
  EXPECT_TRUE(items[1][4][1].is_null());
}

// In the question's order, whatever order the prediction has.
TEST_F(ReportJson, PredictedSharesHaveTheIntervalsOfTheirFile) {
  Prediction& prediction = first.predictions[0];
  prediction.labels = {"B", "A"};
  prediction.probabilities = {0.25, 0.75};
  prediction.low = {0.1, 0.6};
  prediction.high = {0.4, 0.9};
  const Json items = reportItemsJson(survey, {first});
  EXPECT_EQ(items[0][4][0][0].dump(), "[0.75,0.25]");
  EXPECT_EQ(items[0][4][0][2].dump(), "[[0.6,0.9],[0.1,0.4]]");
  EXPECT_EQ(items[1][4][0].size(), 2u);
}

TEST_F(ReportJson, SharesAndScoresHaveFourDecimals) {
  const Json items = reportItemsJson(survey, {first});
  EXPECT_EQ(items[1][3].dump(), "[0.3333,0.3333,0.3333]");
  EXPECT_EQ(items[1][4][0][1][metricIndex("tvd")], 0.1667);
}

TEST_F(ReportJson, ScoresThatDoNotApplyOrAreInfiniteAreNull) {
  const Json items = reportItemsJson(survey, {first});
  EXPECT_TRUE(items[0][4][0][1][metricIndex("kl")].is_null());
  EXPECT_TRUE(items[1][4][0][1][metricIndex("emd")].is_null());
}

// By the shares' own errors where the survey has them; nothing where nothing says how exact they
// are.
TEST_F(ReportJson, ObservedSharesHaveTheirIntervals) {
  survey.items[0].effectiveSampleSize = 100.0;
  survey.items[2].respondents = 100.0;
  EXPECT_EQ(reportItemsJson(survey, {first})[0][5].dump(), "[[0.4032,0.5968],[0.4032,0.5968]]");
  EXPECT_TRUE(reportItemsJson(survey, {first})[1][5].is_null());
  survey.items[0].standardErrors = std::vector<double>{0.1, 0.05};
  EXPECT_EQ(reportItemsJson(survey, {first})[0][5].dump(), "[[0.3135,0.6865],[0.4032,0.5968]]");
}

TEST_F(ReportJson, SampleSizesAreWholeNumbers) {
  survey.items[0].respondents = 1200;
  survey.items[2].effectiveSampleSize = 640.4;
  const Json items = reportItemsJson(survey, {first});
  EXPECT_EQ(items[0][2], 1200);
  EXPECT_EQ(items[1][2], 640);
}

TEST_F(ReportJson, AnEvaluationOfOtherPredictionsIsRefused) {
  const auto evaluated = [&](const Predictions& predictions) {
    return metricMeansToJson(evaluate(survey, predictions).metrics);
  };
  EXPECT_NO_THROW(checkEvaluationIsOf(evaluated(first), survey, first, "run.json"));
  EXPECT_THAT(errorOf([&] { checkEvaluationIsOf(evaluated(first), survey, second, "run.json"); }),
              HasSubstr("run.json: this evaluation is not of these predictions and this survey: it "
                        "has 2 items with a mean js_similarity of 0."));
  Predictions other = first;
  other.predictions[0].probabilities = {0.9, 0.1};
  EXPECT_THAT(errorOf([&] { checkEvaluationIsOf(evaluated(first), survey, other, "run.json"); }),
              HasSubstr("give --predictions in the order of the evaluations"));
}

TEST(ReportJsonOfAnEvaluation, LeavesOutCalibrationByItemAndNothingElse) {
  const Json evaluation = {{"items", 3}, {"calibration", {{"ece", 0.5}, {"items", {1, 2, 3}}}}};
  EXPECT_EQ(shownOf(evaluation).dump(), R"({"items":3,"calibration":{"ece":0.5}})");
  for (const char* text : {R"({"items":3})", R"({"calibration":null})"}) {
    EXPECT_EQ(shownOf(parseJson(text, "e")).dump(), text);
  }
}

TEST(ReportPage, DataStandsInThePageAndCannotEndItsScript) {
  const std::string page =
      reportPage(R"(<p><script id="report">{}</script><b>)", {{"title", "</script><!-- é \\"}});
  EXPECT_EQ(page,
            "<p><script id=\"report\">{\"title\":\"\\u003c/script>\\u003c!-- é \\\\\"}"
            "</script><b>");
  EXPECT_THAT(errorOf([] { reportPage("<p>", Json::object()); }), HasSubstr("no location"));
}

TEST(ReportPage, HoldsEveryTextAndNamesThatAreNotUtf8) {
  const std::string start = R"(<script id="report">)";
  for (const auto& [kind, text] : hostileTexts()) {
    SCOPED_TRACE(kind);
    const std::string page = reportPage(start + "{}</script>", {{text, text}});
    const std::string data = page.substr(start.size(), page.find("</script>") - start.size());
    EXPECT_EQ(parseJson(data, "page"), (Json{{text, text}}));
    EXPECT_EQ(data.find('<'), data.npos);
    EXPECT_EQ(start + data + "</script>", page);
  }
  EXPECT_EQ(reportPage(start + "{}</script>", {{"file", "caf\xE9.json"}}),
            start + "{\"file\":\"caf\uFFFD.json\"}</script>");
}

}  // namespace
}  // namespace canvass
