#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "microdata/aggregated/share_cell.h"
#include "microdata/aggregated/share_populations.h"
#include "microdata/aggregated/share_questions.h"
#include "microdata/skipped_records.h"
#include "microdata/tabulate.h"

namespace canvass {

// One question in one population, and the location of its first row.
struct AggregatedCell {
  std::size_t question = 0;    // index into the questions
  std::size_t population = 0;  // index into the populations
  std::string file;
  std::size_t record = 0;
  std::string place;
  ShareCell shares;
  std::string fault;  // why one of its rows cannot be used; empty if all can
};

// The survey of an aggregated table, its items in the order of the cells. An item that cannot be
// made is an Error at its first row; if there is `skipped`, it is left out and listed there. Throws
// Error if no item is left.
Tabulation makeAggregatedSurvey(const Mapping& mapping, const ShareQuestions& questions,
                                const SharePopulations& populations,
                                std::vector<AggregatedCell> cells, SkippedRecords* skipped);

}  // namespace canvass
