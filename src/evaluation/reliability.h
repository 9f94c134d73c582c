#pragma once

#include <cstddef>
#include <vector>

#include "evaluation/evaluation.h"
#include "survey/survey.h"

namespace canvass {

// How well predicted probabilities are calibrated. Formulas are in docs/calibration.md.

// Items whose confidence is above `low` and at most `high` (the first bin has its low end too).
struct ReliabilityBin {
  double low = 0.0;
  double high = 0.0;
  std::size_t items = 0;
  double confidence = 0.0;  // mean; meaningless for 0 items, as is accuracy
  double accuracy = 0.0;
};

struct Reliability {
  std::vector<ReliabilityBin> bins;
  // Expected calibration error: mean |accuracy - confidence| of bins, weighted by items; 0 to 1.
  double error = 0.0;
};

// Of one item against what its population answered.
struct ItemCalibration {
  std::size_t item = 0;       // index into the items of the observed survey
  double confidence = 0.0;    // the predicted probability of the predicted top option
  double accuracy = 0.0;      // whether that is the majority answer; ties as in topAgreement
  double entropyError = 0.0;  // H(predicted) - H(observed) in nats; below 0 is overconfident. EntCE
  double rankScore = 0.0;     // 0 or 1. RankCS
  double distance = 0.0;      // total variation distance. DistCE; all three of Baan et al. 2022
};

struct Calibration {
  std::vector<ItemCalibration> items;
  double accuracy = 0.0;  // means over items
  double confidence = 0.0;
  double entropyError = 0.0;
  Reliability equalWidth;  // bins of equal width
  Reliability equalMass;   // bins with as equal numbers of items as ties in confidence allow
  // Every option of every item: its predicted share for confidence, its observed share for
  // accuracy, options for items; bins of equal width.
  Reliability shares;
};

// `bins`: at least 1. An evaluation without items has empty bins.
Calibration calibrationOf(const Survey& observed, const Evaluation& evaluation,
                          std::size_t bins = 10);

}  // namespace canvass
