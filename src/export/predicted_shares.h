#pragma once

#include <string>
#include <vector>

#include "export/export_table.h"

namespace canvass {

// What one run predicts of a survey's items.
struct PredictedShares {
  std::string name;  // of the run, short
  std::vector<Distribution>
      shares;  // by item, in the order of the options; empty if there are none
};

// Of each run; also of items without an observed distribution. Notes say how many items a run does
// not predict, and how many of its predictions are of no item.
std::vector<PredictedShares> predictedShares(const ExportInput& input,
                                             std::vector<std::string>& notes);

}  // namespace canvass
