#pragma once

#include <string>
#include <utility>
#include <vector>

#include "import/published/table.h"
#include "survey/survey.h"

namespace canvass {

// One record of GlobalOpinionQA: a question, and the shares of each population as they stand.
struct GlobalOpinion {
  Question question;
  std::vector<std::pair<std::string, std::vector<double>>> selections;  // by the population's label
};

// The id of the question of the record at hand: "GAS-12". Throws Error where it has no source.
std::string globalOpinionId(const PublishedTable& table);

// The record at hand. Throws Error, without a place, where a text is no literal of the right kind,
// there are fewer than two options or more than letters, or no population.
GlobalOpinion parseGlobalOpinion(const PublishedTable& table);

}  // namespace canvass
