#pragma once

#include <string>
#include <vector>

#include "microdata/import_plan.h"
#include "microdata/respondents.h"
#include "survey/survey.h"

namespace canvass {

struct TabulateOptions {
  // Don't know and no answer become options of the questions to which anybody gave them. They are
  // not part of an order: such a question is nominal.
  bool withMissing = false;
};

struct Tabulation {
  Survey survey;
  std::vector<std::string> notes;  // what was left out, by name
};

// The answers of each population to each question: weighted shares among those who answered, their
// number, the effective sample size by the design (stats/share_estimates.h), and apart from them
// the weighted shares of don't know and no answer among those who were asked. A population with
// fewer respondents than its grouping's minimum is left out, as is an item with fewer answers.
// Throws Error if two groupings make a population of the same name, or nothing is left.
Tabulation tabulate(const Mapping& mapping, const ImportPlan& plan, const Respondents& respondents,
                    const TabulateOptions& options, Progress& progress);

}  // namespace canvass
