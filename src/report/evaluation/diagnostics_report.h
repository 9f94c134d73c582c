#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "diagnostics/diagnostics.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// {"items", "items_with_sample_size", "figures": [...], "parity": [...]}: docs/judging.md.
Json diagnosticsJson(const Diagnostics& diagnostics);

struct TitledDiagnostics {
  std::string title;
  const Diagnostics* diagnostics;
};

// A row per figure and a column per run, with its intervals if there is only one; below, what each
// run's figures say that chance does not explain. At least one run.
std::string diagnosticsText(const std::vector<TitledDiagnostics>& runs, const TerminalStyle& style);

}  // namespace canvass
