#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "evaluation/run_evaluation.h"
#include "report/terminal/terminal.h"
#include "survey/survey.h"

namespace canvass {

struct EvaluationTextOptions {
  std::vector<Grouping> by = {};         // tables of one metric by group
  std::string metric = "js_similarity";  // of these tables and the comparison with real samples
  std::size_t examples = 3;              // best and worst items to list
};

// A column per run, titled by the stem of its name, then the baselines over the items of the first
// run, whose intervals and differences from it are marked. At least one run.
std::vector<TableColumn> columnsOfRuns(const std::vector<RunEvaluation>& runs);

// One table with a column per run, then the baselines over the items of the first run; how real
// samples compare, how well calibrated shares are, what was left out, the best and the worst items.
// At least one run; each is titled by the stem of its name.
std::string evaluationText(const Survey& observed, const std::vector<RunEvaluation>& runs,
                           const EvaluationTextOptions& options, const TerminalStyle& style = {});

}  // namespace canvass
