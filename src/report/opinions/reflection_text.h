#pragma once

#include <string>

#include "opinions/reflection.h"
#include "report/terminal/terminal_text.h"
#include "survey/survey.h"

namespace canvass {

// Whose opinions the model reflects, as tables: similarity and representativeness by population,
// steerability, consistency, how naming a population moves the model, and the map's axes. Of more
// than 20 populations only the first 10 and the last 5, unless `all`.
std::string reflectionText(const Survey& survey, const Reflection& reflection, bool all,
                           const TerminalStyle& style = {});

// Of the cultural map alone: its axes, what is missing, and where the model is.
std::string culturalMapText(const Survey& survey, const CulturalMap& map,
                            const TerminalStyle& style = {});

}  // namespace canvass
