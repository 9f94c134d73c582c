#pragma once

#include <string>

#include "base/json.h"
#include "evaluation/reliability.h"
#include "report/terminal/terminal_text.h"
#include "survey/survey.h"

namespace canvass {

// "calibration" of `evaluate --json`; docs/calibration.md has every key: {"accuracy", "confidence",
// "ece", "bins", "equal_mass": {"ece", "bins"}, "shares": {"error", "bins"},
// "entropy_error_signed", "items": [one of every item]}. Means over empty bins are null.
Json calibrationToJson(const Survey& observed, const Calibration& calibration);

// The same in a line or two for a terminal.
std::string calibrationSummary(const std::string& title, const Calibration& calibration,
                               const TerminalStyle& style = {});

}  // namespace canvass
