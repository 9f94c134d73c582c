#pragma once

#include <string>

#include "base/json.h"
#include "intervals/coverage.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// How often intervals held what was observed.
Json coverageJson(const IntervalCheck& check);
std::string coverageText(const IntervalCheck& check, const TerminalStyle& style);

}  // namespace canvass
