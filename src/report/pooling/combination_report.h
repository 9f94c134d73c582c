#pragma once

#include <string>

#include "base/json.h"
#include "pooling/stacking.h"
#include "report/terminal/terminal_text.h"

namespace canvass {

// The object of `combine fit --json`; docs/combining.md has every key.
Json combinationToJson(const Stacking& stacking, const CombinedPredictions& combined);

// The inputs with their weights, both pools in cross-validation, whether combining gains anything,
// and what was left out.
std::string combinationText(const Stacking& stacking, const CombinedPredictions& combined,
                            const TerminalStyle& style = {});

}  // namespace canvass
