#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "evaluation/evaluation.h"
#include "predictions/predictions.h"
#include "recalibration/isotonic.h"
#include "survey/survey.h"

namespace canvass {

// Recalibration: a function of few parameters from predicted to better distributions, fitted on
// items that were observed. Formulas and advice are in docs/calibration.md.

// softmax(logits / T): T > 1 flattens, T < 1 sharpens (Guo et al. 2017). `byOptions` has the T of
// questions by their number of options; others use `common`.
struct Temperatures {
  double common = 1.0;
  std::map<std::size_t, double> byOptions = {};
};

// 1/K + slope (share - 1/K) over K options; what falls below 0 becomes 0, then divided by the sum.
struct LinearShares {
  double slope = 1.0;
};

// A rising function of the share, then divided by the sum.
struct IsotonicShares {
  std::vector<IsotonicKnot> knots;
};

using Recalibration = std::variant<Temperatures, LinearShares, IsotonicShares>;

enum class CalibrationMethod { temperature, temperatureByLength, linear, isotonic };

// "temperature", "temperature-by-length", "linear", "isotonic".
std::string_view methodName(CalibrationMethod method);
// Throws Error naming the known ones.
CalibrationMethod parseCalibrationMethod(std::string_view name);

struct Calibrator {
  CalibrationMethod method = CalibrationMethod::temperature;
  Recalibration recalibration;
  std::string fittedTo;  // the model's name and what else distinguishes predictions
  // Every item that it was fitted on: its figures there are optimistic.
  std::vector<ItemId> items;
};

// The bounds of a fitted temperature: if even the best one lies beyond, it is the bound.
inline constexpr double lowestTemperature = 1e-3;
inline constexpr double highestTemperature = 1e3;
// Questions with some number of options have their own temperature from this many items on.
inline constexpr std::size_t itemsForOwnTemperature = 20;

struct CalibrationFit {
  Calibrator calibrator;
  // Items if an option that was chosen is predicted 0 have no finite cross-entropy at any
  // temperature: they are left out of fits of a temperature.
  std::vector<Skipped> skipped;
};

// Every item counts once. Temperatures minimize the mean cross-entropy of observed and predicted
// distribution (the KL divergence up to a constant), which is convex in 1/T; linear and isotonic
// the mean squared difference of shares. From the logits if a prediction has them and they match
// its probabilities (within 0.001), else from ln probabilities. Throws Error if there is no item to
// fit on.
CalibrationFit fitCalibrator(const Survey& observed, const Predictions& predictions,
                             CalibrationMethod method);

// The prediction with its probabilities changed; its logits are divided by the temperature, and
// left out if the method has no use for them.
Prediction recalibrated(const Recalibration& recalibration, const Prediction& prediction);

// All of them; the source says how they were calibrated.
Predictions recalibrated(const Calibrator& calibrator, const Predictions& predictions);

// "temperature 1.52".
std::string describe(const Calibrator& calibrator);

}  // namespace canvass
