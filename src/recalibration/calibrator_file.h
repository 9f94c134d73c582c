#pragma once

#include <filesystem>

#include "evaluation/reliability.h"
#include "recalibration/calibrator.h"
#include "survey/record_fields.h"

namespace canvass {

// The figures of predictions before or after recalibration, on the items that it was fitted on.
struct FitFigures {
  MetricMeans metrics;
  double calibrationError = 0.0;  // of bins of equal width
  double shareError = 0.0;        // Calibration::shares
};

// What the file holds.
struct CalibratorFile : Calibrator {
  FitFigures before;
  FitFigures after;
};

// Its fields, in addition to those of every header.
Fields<CalibratorFile> calibratorFields();

// calibrator.json: one JSON object, {"canvass":"calibrator","version":1,"method", its parameters,
// "fitted_to", "items", "fit"}; docs/file-forms.md has every key.
void writeCalibrator(const Calibrator& calibrator, const FitFigures& before,
                     const FitFigures& after, const std::filesystem::path& path);

// Throws Error naming the file and the key if the file is not such a file.
Calibrator readCalibrator(const std::filesystem::path& path);

}  // namespace canvass
