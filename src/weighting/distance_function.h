#pragma once

#include "weighting/calibration.h"

namespace canvass {

// The ratio g of a calibrated weight to the given one, as a function of the sum u of the
// multipliers of the respondent's cells, rising from `low` to `high`; g(0) = 1 if that is within
// them.
struct RatioFunction {
  WeightDistance distance = WeightDistance::raking;
  double low = 0.0;
  double high = 0.0;  // may be infinite

  struct At {
    double ratio = 1.0;     // g(u)
    double slope = 1.0;     // g'(u)
    double integral = 0.0;  // of g up to u, but for a constant
  };
  At at(double u) const;
};

}  // namespace canvass
