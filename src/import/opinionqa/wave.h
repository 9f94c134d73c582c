#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "import/import.h"
#include "microdata/mapping.h"
#include "microdata/variable.h"

namespace canvass::opinionqa {

// What the folder of a wave says about its respondents' columns.
struct Wave {
  Mapping mapping;
  std::vector<SkippedRecord> skipped;  // questions that cannot be used
  std::vector<std::string> notes;
};

// Reads info.csv and metadata.csv. `variables`: of responses.csv, among which the weight is found:
// the column WEIGHT_W26 if keys end in _W26. Throws Error naming file and line; if the options say
// that bad records are skipped, a bad question is left out.
Wave readWave(const std::filesystem::path& folder, const std::vector<Variable>& variables,
              const ImportOptions& options);

}  // namespace canvass::opinionqa
