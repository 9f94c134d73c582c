#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "microdata/populations.h"

namespace canvass {

// A group that is large enough to be a population.
struct LargeGroup {
  RespondentGroup group;
  std::size_t minimum = 1;  // answers of an item
  std::string where;        // its grouping's, in the mapping
};

// Of groups with the same respondents one is kept, in the place of the first: that with the most
// attributes, or else the first; the smallest minimum counts. "all respondents" of a survey of one
// country are that country's. A note names those that are not kept.
void mergeSameGroups(std::vector<LargeGroup>& groups, std::vector<std::string>& notes);

// Sets the sample of each group's population: how many respondents it has, and how many of them are
// also in each of the others. `respondents`: of the whole survey.
void setSamples(std::vector<LargeGroup>& groups, std::size_t respondents);

}  // namespace canvass
