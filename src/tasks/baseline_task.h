#pragma once

#include <optional>
#include <string>

#include "base/progress.h"
#include "baselines/registry.h"
#include "predictions/predictions.h"
#include "survey/survey.h"

namespace canvass {

struct BaselineTask {
  std::string name;  // as findBaseline takes it
  Survey items;      // to predict
  std::optional<Survey> training = {};
  BaselineOptions options = {};
};

// Throws Error as findBaseline and makeBaseline do, and if the baseline predicts no item at all.
Predictions predictByBaseline(const BaselineTask& task, Progress& progress = noProgress());

}  // namespace canvass
