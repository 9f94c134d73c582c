#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/progress.h"
#include "tasks/import_task.h"
#include "weighting/weigh.h"

namespace canvass {

struct WeightTask {
  ImportTask source;  // files of respondents, with a mapping
  std::filesystem::path margins;
  WeighOptions options = {};
};

struct Weights {
  Weighing weighing;
  std::string keyVariable;  // "record", or the variable of the respondents' ids
  std::string file;         // the text of a file of weights (microdata/weight_file.h)
  ImportResult reading;     // what was skipped, and notes
};

// Weighs the respondents from the weights that the mapping names, or equal ones. Throws Error as
// readRespondents, readMargins and weigh do, for ids that appear twice, and for several files whose
// respondents have no ids.
Weights makeWeights(const WeightTask& task, Progress& progress = noProgress());

}  // namespace canvass
