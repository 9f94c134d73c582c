#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace canvass {

struct NamedEvaluation {
  std::string name;
  const Json* evaluation;  // of `evaluate --json`
};

// A table for a paper: a row a figure, a column a run, then the baselines and the noise ceiling of
// the first run. Runs have their 95 % intervals below them where the evaluation has some; the best
// of a row is bold among the columns over as many items as the first, the ceiling not among them.
// Needs the package booktabs. At least one run.
std::string latexTable(const std::vector<NamedEvaluation>& runs, const std::string& caption);

}  // namespace canvass
