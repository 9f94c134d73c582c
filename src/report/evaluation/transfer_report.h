#pragma once

#include <string>

#include "base/json.h"
#include "report/terminal/terminal_text.h"
#include "transfer/transfer.h"

namespace canvass {

// {"predictions", "unchanged", "choices": [{"new", "items", "validated", "chosen",
// "candidates": [{"name", "js_similarity"}]}]}
Json transferJson(const TransferredPredictions& result);

// For each kind of items, every candidate with its figure in cross-validation.
std::string transferText(const TransferredPredictions& result, const TerminalStyle& style = {});

}  // namespace canvass
