#pragma once

#include <string>
#include <utility>
#include <vector>

#include "import/published/table.h"
#include "survey/survey.h"

namespace canvass {

// One record of GlobalOpinionQA: a question, and the shares of each population as published.
struct GlobalOpinion {
  Question question;
  std::vector<std::pair<std::string, std::vector<double>>> selections;  // by the population's label
};

// The id of the question of the current record: "GAS-12". Throws Error if it has no source.
std::string globalOpinionId(const PublishedTable& table);

// The current record. Throws Error, without a location, if a text is not a literal of the right
// kind, there are fewer than two options or more than letters, or no population.
GlobalOpinion parseGlobalOpinion(const PublishedTable& table);

}  // namespace canvass
