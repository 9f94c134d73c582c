#pragma once

#include <cstddef>

#include "predictions/predictions.h"
#include "recalibration/calibrator.h"
#include "recalibration/calibrator_file.h"
#include "survey/survey.h"

namespace canvass {

// A calibrator and the figures of the items that it was fitted to, before and after recalibration.
struct JudgedCalibrator {
  CalibrationFit fit;
  FitFigures before;
  FitFigures after;
};

JudgedCalibrator fitAndJudgeCalibrator(const Survey& observed, const Predictions& predictions,
                                       CalibrationMethod method);

struct RecalibratedPredictions {
  Predictions predictions;
  std::size_t given = 0;
  std::size_t fittedTo = 0;  // of those given, of items that the calibrator was fitted to
};

// `skipFitted`: predictions of items that the calibrator was fitted to, whose figures are too
// optimistic, are left out. Throws Error if that leaves none.
RecalibratedPredictions applyCalibrator(const Calibrator& calibrator, Predictions predictions,
                                        bool skipFitted);

}  // namespace canvass
