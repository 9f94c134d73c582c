#pragma once

#include <string>
#include <vector>

#include "microdata/import_plan.h"

namespace canvass {

// How a later file's questions and attribute values differ from those of earlier files, one entry
// for each question and attribute: "q1: option 2 is \"No\", earlier \"no\"". Codes, and which of
// them are no answers, may differ. `ignoresCase`: so may upper and lower case.
std::vector<std::string> differencesOf(const ImportPlan& earlier, const ImportPlan& later,
                                       bool ignoresCase);

}  // namespace canvass
