#pragma once

#include <string>

#include "cli/options.h"
#include "model_tasks/predictor_options.h"
#include "model_tasks/probe.h"

namespace canvass {

struct ProbeArguments {
  PredictorOptions asking;
  ProbeOptions probe;  // without the wordings
  SurveyArguments items;
  SurveyArguments wording;
  std::string metric = "js_similarity";
  std::string output;
  JsonOutput json;

  // With the wordings, which it reads.
  ProbeOptions load() const;
};

// Which probe, and what it varies.
void addProbeChoices(CLI::App& verb, ProbeArguments& arguments);

// The probes, a line each.
std::string probeList();

}  // namespace canvass
