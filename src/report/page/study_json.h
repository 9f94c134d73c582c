#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "designs/parts.h"

namespace canvass {

// A study design for the drawing code (web/study/study.ts):
// {"populations": [{"id", "name", "country", "attributes": {NAME: VALUE}}],
//  "questions": [{"id", "text", "topic"}],
//  "parts": [{"name", "items": [[question, population, n or null], ...]}], "sources": [...]}
// Items refer by index. Populations with equal ids and names, and questions with equal ids and
// texts, are shared by all parts; n is n_eff if the survey does not say n.
Json studyJson(const std::vector<Part>& parts);

// One figure per population, from an object of `evaluate --json`, for a map
// or dots (web/charts/population_values.ts):
// {"name": "JS similarity (higher is better)", "source", "values": [{"name", "country",
//  "attributes", "value", "interval": {"low", "high"} or null, "items"}]}. A population without the
//  figure has null, and 0 items. Throws Error at `where` for
// any other object, and for a metric that itemMetrics() does not have.
Json valueMapJson(const Json& evaluation, const std::string& metric, const std::string& where);

}  // namespace canvass
