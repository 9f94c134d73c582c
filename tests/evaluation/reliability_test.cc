#include "evaluation/reliability.h"

#include <cmath>

#include "evaluation/golden_items.h"

namespace canvass {
namespace {

using namespace test;

// Items of one question over two options: A's predicted share, and whether A is the majority.
Calibration calibrationOfShares(const std::vector<std::pair<double, bool>>& items,
                                std::size_t bins) {
  Survey survey = makeSurvey({makeQuestion("q1", 2)}, {});
  Predictions predictions;
  for (const auto& [share, right] : items) {
    const std::string id = "p" + std::to_string(survey.populations.size());
    survey.populations.push_back({id, id, id, {}});
    addItem(survey, 0, survey.items.size(), {right ? 0.75 : 0.25, right ? 0.25 : 0.75});
    predictions.predictions.push_back(makePrediction("q1", id, {share, 1 - share}));
  }
  return calibrationOf(survey, evaluate(survey, predictions), bins);
}

TEST(Reliability, AgreesWithScikitLearnAndNumPy) {
  const GoldenItems golden;
  const Json expected = goldenCalibration();
  const Calibration calibration =
      calibrationOf(golden.survey, evaluate(golden.survey, golden.predictions));
  EXPECT_NEAR(calibration.equalWidth.error, expected["ece"].get<double>(), 1e-9);
  EXPECT_NEAR(calibration.equalMass.error, expected["ece_equal_mass"].get<double>(), 1e-9);
  EXPECT_NEAR(calibration.shares.error, expected["share_error"].get<double>(), 1e-9);
}

TEST(Reliability, BinsHoldWhatIsAboveTheirLowEndUpToTheirHighEnd) {
  const Calibration calibration =
      calibrationOfShares({{0.5, true}, {0.75, true}, {0.75, false}, {0.8, false}, {1.0, true}}, 4);
  const auto& bins = calibration.equalWidth.bins;
  ASSERT_EQ(bins.size(), 4u);
  EXPECT_EQ(bins[0].items, 0u);
  EXPECT_EQ(bins[1].items, 1u);
  EXPECT_EQ(bins[1].low, 0.25);
  EXPECT_EQ(bins[1].high, 0.5);
  EXPECT_EQ(bins[1].accuracy, 0.5) << "a tie of both options";
  EXPECT_EQ(bins[2].items, 2u);
  EXPECT_EQ(bins[2].confidence, 0.75);
  EXPECT_EQ(bins[2].accuracy, 0.5);
  EXPECT_EQ(bins[3].items, 2u);
  EXPECT_DOUBLE_EQ(bins[3].confidence, 0.9);
  // (1 x |.5 - .5| + 2 x |.5 - .75| + 2 x |.5 - .9|) / 5
  EXPECT_DOUBLE_EQ(calibration.equalWidth.error, 0.26);
}

TEST(Reliability, EqualMassKeepsEqualConfidencesTogether) {
  const Calibration calibration =
      calibrationOfShares({{0.6, true}, {0.6, true}, {0.6, false}, {0.9, true}}, 2);
  ASSERT_EQ(calibration.equalMass.bins.size(), 2u);
  EXPECT_EQ(calibration.equalMass.bins[0].items, 3u);
  EXPECT_EQ(calibration.equalMass.bins[1].items, 1u);
  EXPECT_EQ(calibration.equalMass.bins[1].low, 0.6);
}

TEST(Reliability, OfItemsIsBaansThreeFigures) {
  const Calibration calibration = calibrationOfShares({{0.9, true}, {0.75, true}}, 10);
  const ItemCalibration& item = calibration.items[0];
  EXPECT_NEAR(
      item.entropyError,
      -(0.9 * std::log(0.9) + 0.1 * std::log(0.1)) + 0.75 * std::log(0.75) + 0.25 * std::log(0.25),
      1e-12);
  EXPECT_LT(item.entropyError, 0.0) << "too sure";
  EXPECT_EQ(item.rankScore, 1.0);
  EXPECT_NEAR(item.distance, 0.15, 1e-12);
  EXPECT_EQ(item.confidence, 0.9);
  EXPECT_NEAR(calibration.items[1].entropyError, 0.0, 1e-12);
  EXPECT_NEAR(calibration.entropyError, item.entropyError / 2, 1e-12);
}

TEST(Reliability, OfPredictedSharesThatAreTheObservedIsPerfect) {
  const Calibration calibration = calibrationOfShares({{0.75, true}, {0.25, false}}, 10);
  EXPECT_EQ(calibration.shares.error, 0.0);
  EXPECT_EQ(calibration.accuracy, 1.0);
}

TEST(Reliability, NeedsABin) {
  EXPECT_EQ(errorOf([] {
              calibrationOfShares({{0.5, true}}, 0);
            }),
            "a reliability curve needs at least 1 bin");
}

}  // namespace
}  // namespace canvass
