#include "report/evaluation/calibration_json.h"

#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "stats/small_survey.h"
#include "support/test_support.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::HasSubstr;

struct CalibrationExample {
  CalibrationExample() {
    addItem(survey, 0, 0, {0.75, 0.25});
    addItem(survey, 0, 1, {0.25, 0.75});
    const auto predictions = makePredictions(
        {makePrediction("q1", "JP", {0.9, 0.1}), makePrediction("q1", "AD", {0.9, 0.1})});
    calibration = calibrationOf(survey, evaluate(survey, predictions), 2);
  }

  Survey survey = makeSurvey({makeQuestion("q1", 2)}, {"JP", "AD"});
  Calibration calibration;
};

TEST(CalibrationJson, HasBinsWithTheirCounts) {
  const CalibrationExample example;
  const Json json = calibrationToJson(example.survey, example.calibration);
  EXPECT_EQ(json["bins"].dump(),
            R"([{"low":0.0,"high":0.5,"items":0,"confidence":null,"accuracy":null},)"
            R"({"low":0.5,"high":1.0,"items":2,"confidence":0.9,"accuracy":0.5}])");
  EXPECT_NEAR(json["ece"].get<double>(), 0.4, 1e-12);
  EXPECT_EQ(json["accuracy"], 0.5);
  EXPECT_EQ(json["equal_mass"]["bins"].size(), 1u) << "one confidence is one bin";
  EXPECT_EQ(json["shares"]["bins"][0]["shares"], 2);
  EXPECT_EQ(json["shares"]["bins"][0]["observed"], 0.5);
  EXPECT_NEAR(json["shares"]["bins"][1]["predicted"].get<double>(), 0.9, 1e-12);
}

TEST(CalibrationJson, ListsEveryItem) {
  const CalibrationExample example;
  const Json json = calibrationToJson(example.survey, example.calibration);
  ASSERT_EQ(json["items"].size(), 2u);
  EXPECT_EQ(json["items"][1]["population"], "AD");
  EXPECT_EQ(json["items"][1]["accuracy"], 0.0);
  EXPECT_LT(json["items"][1]["entropy_error"], 0.0);
  EXPECT_NEAR(json["items"][1]["distance"].get<double>(), 0.65, 1e-12);
}

TEST(CalibrationSummary, SaysWhatIsWrongAndKeepsToItsWidth) {
  const CalibrationExample example;
  const std::string text = calibrationSummary("mine", example.calibration, {.width = 400});
  EXPECT_THAT(text, HasSubstr("option shares off by 0.400, too sure by"));
  EXPECT_THAT(text, HasSubstr("right in 50.0% at a mean confidence of 90.0%"));
  EXPECT_THAT(text, HasSubstr("expected calibration error (ECE) 0.400 (2 bins of equal width)"));
  EXPECT_LE(displayWidth(text.substr(0, text.find('\n'))), 400u);
}

}  // namespace
}  // namespace canvass
