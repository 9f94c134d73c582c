#pragma once

#include <string>

#include "base/json.h"
#include "report/terminal/terminal_text.h"
#include "weighting/weigh.h"

namespace canvass {

// Margins before and after, and what the weights cost.
std::string weighingText(const Weighing& weighing, const TerminalStyle& style);
Json weighingJson(const Weighing& weighing);

}  // namespace canvass
