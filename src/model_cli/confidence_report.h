#pragma once

#include <string>

#include "base/json.h"
#include "model_tasks/confidence_task.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// The object of `confidence --json`: what was learned from, and how good the confidence is next to
// the predicted top share.
Json confidenceJson(const ConfidenceResult& result, const ConfidenceOptions& options);

// The same as a table; `output`: the file that the predictions were written to.
std::string confidenceText(const ConfidenceResult& result, const std::string& output,
                           const TerminalStyle& style);

}  // namespace canvass
