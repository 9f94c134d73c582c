#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "evaluation/evaluation.h"

namespace canvass {

// [{"question": ..., "population": ..., "reason": ...}, ...]
Json skippedJson(const std::vector<Skipped>& skipped);

// "12 items left out, such as question q1 and population jp (no prediction)"; empty for none.
// `what`: one of those left out.
std::string leftOutText(const std::vector<Skipped>& skipped, const char* what);

}  // namespace canvass
