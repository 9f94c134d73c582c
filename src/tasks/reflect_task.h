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
  NamedPredictions unsteered;                  // where no population is named
  std::vector<NamedPredictions> steered = {};  // where it is, each in its way
  std::string whole = {};  // id of the population that stands for everyone; empty: the mean of all
  BootstrapOptions bootstrap = {};
};

// Runs are named by their templates if these tell them apart, else by their files. Throws Error
// naming the file of a run that has nothing of the survey, and for an unknown population.
Reflection reflectOpinions(const ReflectTask& task);

// What the drawing code needs to draw the cultural map. Throws Error if there is none.
Json culturalMapRequest(const Survey& survey, const Reflection& reflection,
                        const std::string& theme);

}  // namespace canvass
