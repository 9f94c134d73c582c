#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace canvass {

struct NamedEvaluation {
  std::string name;
  const Json* evaluation;  // of `evaluate --json`
};

// A table for a paper: one row per figure, one column per run, then the baselines and the noise
// ceiling of the first run. Runs have their 95% intervals below them if the evaluation has any; the
// best of a row is bold among the columns over as many items as the first, excluding the ceiling.
// Needs the package booktabs. At least one run.
std::string latexTable(const std::vector<NamedEvaluation>& runs, const std::string& caption);

}  // namespace canvass
