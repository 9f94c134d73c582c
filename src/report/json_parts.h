#pragma once

#include <optional>
#include <vector>

#include "base/json.h"
#include "predictions/prediction_match.h"
#include "stats/crossed_bootstrap.h"

// Parts that the JSON of several results has in common.
namespace canvass {

// Null if there is no number or it is not finite, which JSON cannot express.
Json numberJson(std::optional<double> number);

// Sets "low" and "high", both null if there is no interval.
void putInterval(Json& json, const std::optional<Interval>& interval);

// {"low": ..., "high": ...}, or null.
Json intervalJson(const std::optional<Interval>& interval);

// [{"question": ..., "population": ..., "reason": ...}, ...]
Json skippedJson(const std::vector<Skipped>& skipped);

}  // namespace canvass
