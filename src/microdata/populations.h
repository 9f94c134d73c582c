#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/respondents.h"
#include "survey/survey.h"

namespace canvass {

// One population of a grouping and its respondents.
struct RespondentGroup {
  Population population;
  std::vector<std::uint32_t> members;  // in the order of the respondents
};

// The population of a grouping whose attributes have these values, in the grouping's order.
Population makePopulation(const MappedGrouping& grouping, const std::vector<Category>& values);

// The populations that a grouping makes of the respondents, in the order of the attributes' values.
// Those without a respondent are not among them.
std::vector<RespondentGroup> makeGroups(const MappedGrouping& grouping, const ImportPlan& plan,
                                        const Respondents& respondents);

}  // namespace canvass
