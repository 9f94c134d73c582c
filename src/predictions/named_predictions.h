#pragma once

#include <string>
#include <vector>

#include "predictions/predictions.h"

namespace canvass {

// The predictions of one run (a model, a template, an adapter, a baseline) among those of others.
struct NamedPredictions {
  std::string name;  // its file, or "baseline:" and the baseline's id, or the caller's name for it
  Predictions predictions;
};

// Reads each file, which also names its run. Throws Error if a file is given twice.
std::vector<NamedPredictions> readNamedPredictions(const std::vector<std::string>& files);

// Reads files of one predictor as one. Throws Error if a file is given twice, or names another
// model or way of asking than the first.
Predictions readPredictionsOfOne(const std::vector<std::string>& files);

// What to call runs that are named by their files: the stems, or the whole names if two stems are
// equal.
std::vector<std::string> runTitles(const std::vector<std::string>& names);
std::vector<std::string> shortNames(const std::vector<NamedPredictions>& runs);

}  // namespace canvass
