#pragma once

#include <string>

#include "cli/options.h"
#include "estimation/sampling_study.h"

namespace canvass {

// `canvass combine --sample`: estimates from a few respondents and predictions.
struct SampleArguments {
  SurveyArguments sample;
  std::string predictions;
  std::string output;
  JsonOutput json;
};

void runSample(const SampleArguments& arguments);

// `canvass combine --simulate`: what such estimates are worth, by samples drawn from a survey.
struct SimulationArguments {
  SurveyArguments survey;
  std::string predictions;
  SamplingStudyOptions options;
  JsonOutput json;
};

void runSimulation(const SimulationArguments& arguments);

}  // namespace canvass
