#pragma once

#include <string>

#include "recalibration/calibrator_file.h"

namespace canvass {

// Figures before and after recalibration, on the items that it was fitted to: one row per figure.
std::string fitTable(const FitFigures& before, const FitFigures& after);

}  // namespace canvass
