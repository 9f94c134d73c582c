#pragma once

#include <vector>

#include "base/json.h"
#include "evaluation/evaluation.h"

namespace canvass {

// [{"question": ..., "population": ..., "reason": ...}, ...]
Json skippedJson(const std::vector<Skipped>& skipped);

}  // namespace canvass
