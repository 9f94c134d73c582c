#include "recalibration/calibrator.h"

#include <cmath>

#include "base/random.h"
#include "evaluation/golden_items.h"
#include "recalibration/calibrator_file.h"

namespace canvass {
namespace {

using namespace test;
using ::testing::HasSubstr;

Temperatures temperaturesOf(const CalibrationFit& fit) {
  return std::get<Temperatures>(fit.calibrator.recalibration);
}

TEST(Calibrator, TemperaturesAgreeWithSciPy) {
  const GoldenItems golden;
  const Json expected = goldenCalibration();
  const Temperatures fitted = temperaturesOf(
      fitCalibrator(golden.survey, golden.predictions, CalibrationMethod::temperatureByLength));
  EXPECT_NEAR(fitted.common, expected["temperature"].get<double>(), 1e-6);
  EXPECT_EQ(fitted.byOptions.size(), expected["by_options"].size());
  for (const auto& [options, temperature] : fitted.byOptions) {
    EXPECT_NEAR(temperature, expected["by_options"][std::to_string(options)].get<double>(), 1e-6);
  }
}

TEST(Calibrator, SlopeAgreesWithNumPy) {
  const GoldenItems golden;
  const auto fit = fitCalibrator(golden.survey, golden.predictions, CalibrationMethod::linear);
  EXPECT_NEAR(std::get<LinearShares>(fit.calibrator.recalibration).slope,
              goldenCalibration()["slope"].get<double>(), 1e-9);
}

TEST(Calibrator, IsotonicAgreesWithScikitLearn) {
  const GoldenItems golden;
  const Json expected = goldenCalibration()["isotonic"];
  const auto fit = fitCalibrator(golden.survey, golden.predictions, CalibrationMethod::isotonic);
  const auto& knots = std::get<IsotonicShares>(fit.calibrator.recalibration).knots;
  for (std::size_t i = 0; i < expected["probes"].size(); ++i) {
    EXPECT_NEAR(valueAt(knots, expected["probes"][i]), expected["values"][i].get<double>(), 1e-9)
        << expected["probes"][i];
  }
}

// Observed distributions and predictions that are these to the power 1 / temperature.
struct Tempered {
  explicit Tempered(double temperature, bool logits) {
    RandomStream random(21, "tempered");
    survey.populations.push_back({"JP", "Japan", "someone from Japan", {}});
    for (std::size_t i = 0; i < 200; ++i) {
      std::vector<double> truth(2 + i % 4);
      for (double& logit : truth) logit = 1.5 * random.normal();
      const std::string id = "q" + std::to_string(i);
      survey.questions.push_back(makeQuestion(id, truth.size()));
      addItem(survey, i, 0, softmax(truth));
      for (double& logit : truth) logit /= temperature;
      predictions.predictions.push_back(makePrediction(id, "JP", softmax(truth)));
      for (double& logit : truth) logit += 7.0;  // softmax does not see a shift
      if (logits) predictions.predictions.back().logits = truth;
    }
    predictions.model = "tempered";
  }

  Survey survey = makeSurvey({}, {});
  Predictions predictions;
};

constexpr CalibrationMethod allMethods[] = {CalibrationMethod::temperature,
                                            CalibrationMethod::temperatureByLength,
                                            CalibrationMethod::linear, CalibrationMethod::isotonic};

TEST(Calibrator, LeavesACalibratedModelUnchanged) {
  const Tempered world(1.0, true);
  for (const CalibrationMethod method : allMethods) {
    const auto fit = fitCalibrator(world.survey, world.predictions, method);
    const Predictions after = recalibrated(fit.calibrator, world.predictions);
    for (std::size_t i = 0; i < after.predictions.size(); ++i) {
      for (std::size_t k = 0; k < after.predictions[i].probabilities.size(); ++k) {
        EXPECT_NEAR(after.predictions[i].probabilities[k],
                    world.predictions.predictions[i].probabilities[k], 1e-9)
            << methodName(method);
      }
    }
  }
}

TEST(Calibrator, RecoversATemperedModel) {
  for (const bool logits : {true, false}) {
    for (const double temperature : {0.3, 0.8, 2.5}) {
      const Tempered world(temperature, logits);
      for (const CalibrationMethod method : {allMethods[0], allMethods[1]}) {
        const auto fit = fitCalibrator(world.survey, world.predictions, method);
        // Divided by T the logits were; times T, or divided by 1 / T, they are right again.
        EXPECT_NEAR(temperaturesOf(fit).common, 1 / temperature, 1e-6);
        const Evaluation after =
            evaluate(world.survey, recalibrated(fit.calibrator, world.predictions));
        EXPECT_LT(after.metrics.means[metricIndex("kl")].mean, 1e-10);
      }
    }
  }
}

TEST(Calibrator, ImprovesWhatItMinimizes) {
  const GoldenItems golden;
  const auto meanOf = [&](const Predictions& predictions, const char* metric) {
    return evaluate(golden.survey, predictions).metrics.means[metricIndex(metric)].mean;
  };
  for (const CalibrationMethod method : allMethods) {
    const auto fit = fitCalibrator(golden.survey, golden.predictions, method);
    const Predictions after = recalibrated(fit.calibrator, golden.predictions);
    EXPECT_LT(meanOf(after, "tvd"), meanOf(golden.predictions, "tvd")) << methodName(method);
    EXPECT_THAT(after.calibration, HasSubstr(std::string(methodName(method))));
    EXPECT_EQ(after.model, "golden");
  }
}

TEST(Calibrator, StopsAtTheBoundsOfATemperature) {
  Survey survey = makeSurvey({makeQuestion("q1", 2)}, {"JP"});
  addItem(survey, 0, 0, {0.3, 0.7});
  const auto wrong = makePredictions({makePrediction("q1", "JP", {0.7, 0.3})});
  EXPECT_EQ(temperaturesOf(fitCalibrator(survey, wrong, CalibrationMethod::temperature)).common,
            highestTemperature);
  survey.items[0].observed = Distribution{1.0, 0.0};
  EXPECT_EQ(temperaturesOf(fitCalibrator(survey, wrong, CalibrationMethod::temperature)).common,
            lowestTemperature);
}

TEST(Calibrator, NamesItemsWithoutAFiniteCrossEntropy) {
  Survey survey = makeSurvey({makeQuestion("q1", 2), makeQuestion("q2", 2)}, {"JP"});
  addItem(survey, 0, 0, {0.3, 0.7});
  addItem(survey, 1, 0, {0.3, 0.7});
  const auto predictions = makePredictions(
      {makePrediction("q1", "JP", {0.0, 1.0}), makePrediction("q2", "JP", {0.2, 0.8})});
  const auto fit = fitCalibrator(survey, predictions, CalibrationMethod::temperature);
  ASSERT_EQ(fit.skipped.size(), 1u);
  EXPECT_EQ(fit.skipped[0].question, "q1");
  EXPECT_EQ(fit.calibrator.items.size(), 1u);
  EXPECT_EQ(fitCalibrator(survey, predictions, CalibrationMethod::linear).skipped.size(), 0u);
}

TEST(Calibrator, MatchesLabelsInAnyOrder) {
  Survey survey = makeSurvey({makeQuestion("q1", 3)}, {"JP"});
  addItem(survey, 0, 0, {0.6, 0.3, 0.1});
  Prediction turned = makePrediction("q1", "JP", {0.2, 0.3, 0.5});
  turned.labels = {"C", "B", "A"};
  const auto expected = fitCalibrator(
      survey, makePredictions({makePrediction("q1", "JP", {0.5, 0.3, 0.2})}), allMethods[0]);
  EXPECT_DOUBLE_EQ(
      temperaturesOf(fitCalibrator(survey, makePredictions({turned}), allMethods[0])).common,
      temperaturesOf(expected).common);
}

TEST(Calibrator, RefusesWhatItCannotFit) {
  Survey survey = makeSurvey({makeQuestion("q1", 2)}, {"JP"});
  EXPECT_THAT(errorOf([&] { fitCalibrator(survey, {}, allMethods[0]); }),
              HasSubstr("no item has both an observed and a predicted distribution"));
  addItem(survey, 0, 0, {0.6, 0.4});
  const auto uniform = makePredictions({makePrediction("q1", "JP", {0.5, 0.5})});
  EXPECT_THAT(errorOf([&] { fitCalibrator(survey, uniform, CalibrationMethod::linear); }),
              HasSubstr("every prediction is uniform"));
  EXPECT_EQ(errorOf([] { parseCalibrationMethod("luck"); }),
            "\"luck\" is not a calibration method; choose one of temperature, "
            "temperature-by-length, linear, isotonic");
}

TEST(Calibrator, LogitsThatAreOfOtherProbabilitiesAreNotUsed) {
  Prediction prediction = makePrediction("q1", "JP", {0.5, 0.5});
  prediction.logits = {3.0, 0.0};
  EXPECT_EQ(logitsOf(prediction), (std::vector<double>{std::log(0.5), std::log(0.5)}));
  prediction.logits = {3.0, 3.0};
  EXPECT_EQ(logitsOf(prediction), prediction.logits);
}

TEST(CalibratorFile, KeepsEveryMethod) {
  const GoldenItems golden;
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "calibrator.json";
  for (const CalibrationMethod method : allMethods) {
    const auto fit = fitCalibrator(golden.survey, golden.predictions, method);
    const FitFigures figures{evaluate(golden.survey, golden.predictions).metrics, 0.1, 0.1};
    writeCalibrator(fit.calibrator, figures, figures, path);
    const Calibrator read = readCalibrator(path);
    EXPECT_EQ(read.method, method);
    EXPECT_EQ(read.items, fit.calibrator.items);
    EXPECT_EQ(read.fittedTo, "golden");
    const Prediction& one = golden.predictions.predictions[5];
    EXPECT_EQ(recalibrated(read.recalibration, one).probabilities,
              recalibrated(fit.calibrator.recalibration, one).probabilities);
  }
}

TEST(CalibratorFile, RefusesWhatItCannotUse) {
  const std::string head = R"({"canvass":"calibrator","version":1,"method":)";
  const std::string tail = R"(,"fitted_to":"m","items":[]})";
  const std::pair<std::string, std::string> cases[] = {
      {"{}", "this is not a calibrator of version 1"},
      {head + R"("temperature","temperature":0)" + tail, "\"temperature\" is 0"},
      {head + R"("temperature-by-length","temperature":1,"by_options":{"two":1})" + tail,
       "\"two\" is not a number of options"},
      {head + R"("linear","slope":-1)" + tail, "\"slope\" is -1, below 0"},
      {head + R"("isotonic","predicted":[0,1],"calibrated":[0])" + tail, "2 values of"},
      {head + R"("isotonic","predicted":[0,1],"calibrated":[1,0])" + tail,
       "knot 2 is not above the one before it"},
      {head + R"("luck")" + tail, "\"luck\" is not a calibration method"},
      {head + R"("linear","slope":1,"fitted_to":"m"})", "\"items\" is missing"},
      {head + R"("linear","slope":1,"colour":"red")" + tail, "colour"},
  };
  const test::TemporaryFolder folder;
  for (const auto& [text, message] : cases) {
    const auto path = folder.write("calibrator.json", text);
    EXPECT_THAT(errorOf([&] { readCalibrator(path); }), HasSubstr(message)) << text;
  }
}

TEST(Isotonic, PoolsWhatFalls) {
  const auto knots = fitIsotonic({{0.1, 0.2, 1}, {0.2, 0.4, 1}, {0.3, 0.1, 3}, {0.9, 0.8, 1}});
  // 0.2, 0.4 and three times 0.1 are pooled: 0.9 / 5.
  const std::vector<IsotonicKnot> expected{{0.1, 0.18}, {0.3, 0.18}, {0.9, 0.8}};
  ASSERT_EQ(knots.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(knots[i].predicted, expected[i].predicted);
    EXPECT_NEAR(knots[i].calibrated, expected[i].calibrated, 1e-12);
  }
  EXPECT_NEAR(valueAt(knots, 0.6), 0.49, 1e-12);
  EXPECT_NEAR(valueAt(knots, 0.0), 0.18, 1e-12);
  EXPECT_NEAR(valueAt(knots, 1.0), 0.8, 1e-12);
}

}  // namespace
}  // namespace canvass
