#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/respondents.h"
#include "weighting/margins.h"

namespace canvass {

// Which cell of a margin each respondent is in; the number of cells if a value is missing. Throws
// Error for an attribute or a value that the mapping does not have, and for respondents whose
// values the margin does not list.
std::vector<std::uint32_t> sortIntoCells(const Margin& margin, const std::string& file,
                                         const ImportPlan& plan, const Respondents& respondents);

}  // namespace canvass
