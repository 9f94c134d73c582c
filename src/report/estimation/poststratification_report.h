#pragma once

#include <string>

#include "base/json.h"
#include "estimation/poststratification.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// The object of `combine poststratify --json`; docs/combining.md has every key.
Json poststratificationToJson(const Poststratification& result);
// The targets, and how large the errors of their shares are expected to be.
std::string poststratificationText(const Poststratification& result, const TerminalStyle& style);

}  // namespace canvass
