#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "predictions/prediction_match.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

// A predicted item that was observed: what an interval for others like it is learned from. Shares
// are in the order of the question's options.
struct CalibrationItem {
  std::string question;  // ids
  std::string population;
  std::string topic;  // empty if the question has none
  std::vector<std::string> labels;
  Distribution predicted;
  Distribution observed;
  // Of each observed share, by the survey's own sampling: 0 where the survey says nothing of it.
  std::vector<double> samplingVariances;
};

struct CalibrationItems {
  std::vector<CalibrationItem> items;  // in the survey's order
  std::vector<Skipped> skipped;
};

// The variances of an item's shares by its standard errors, or else by its effective sample size or
// its number of respondents n: p (1 - p) / n, where to the answers to each option half an answer is
// added, as nobody among few does not mean nobody.
std::vector<double> samplingVariances(const Item& item);

CalibrationItems calibrationItems(const Survey& observed, const Predictions& predictions);

}  // namespace canvass
