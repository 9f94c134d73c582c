#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/options.h"

namespace canvass {

// `canvass combine --survey`: one prediction from those of several predictors.
struct StackingArguments {
  SurveyArguments validation;
  SurveyArguments items;
  SurveyArguments train;
  std::vector<std::string> predictions;
  std::vector<std::string> baselines;
  std::uint64_t seed = 0;
  std::string output;
  JsonOutput json;
};

void runStacking(const StackingArguments& arguments);

}  // namespace canvass
