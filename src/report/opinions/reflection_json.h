#pragma once

#include "base/json.h"
#include "opinions/reflection.h"
#include "survey/survey.h"

namespace canvass {

// {"model", "questions", "sampled_differences", "resamples", "seed", "skipped", "similarity":
// [...], "representativeness": {...}, "consistency": [...], "sensitivity": [...], "map": {...} or
// null, "map_missing"}. docs/reflection.md has every key.
Json reflectionJson(const Survey& survey, const Reflection& reflection);

// The map alone: what the picture shows.
Json culturalMapJson(const Survey& survey, const CulturalMap& map);

}  // namespace canvass
