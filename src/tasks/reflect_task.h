#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "opinions/reflection.h"
#include "predictions/named_predictions.h"
#include "stats/crossed_bootstrap.h"
#include "survey/survey.h"

namespace canvass {

struct ReflectTask {
  Survey survey;                               // what the populations answered
  NamedPredictions unsteered;                  // no population is named
  std::vector<NamedPredictions> steered = {};  // populations are named, each run in its way
  std::string whole = {};  // id of the population that represents everyone; empty: the mean of all
  BootstrapOptions bootstrap = {};
};

// Runs are named after their templates if these differ, else after their files. Throws Error naming
// the file of a run that has no item of the survey, and for an unknown population.
Reflection reflectOpinions(const ReflectTask& task);

// The request to the drawing code for the cultural map. Throws Error if there is none.
Json culturalMapRequest(const Survey& survey, const Reflection& reflection,
                        const std::string& theme);

}  // namespace canvass
