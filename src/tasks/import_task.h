#pragma once

#include <string>
#include <vector>

#include "base/progress.h"
#include "import/import.h"

namespace canvass {

struct ImportTask {
  std::string format = {};          // empty: detected by the files' content
  std::vector<std::string> inputs;  // files, or folders for opinionqa; several become one survey
  std::string topics = {};          // a CSV file, or a table that comes with canvass; empty: none
  ImportOptions options = {};
};

struct ImportedSurvey {
  std::string format;
  ImportResult result;
};

// Throws Error for an input given twice, for an option that the format has no use for, and as the
// format's importer does.
ImportedSurvey importSurvey(const ImportTask& task, Progress& progress = noProgress());

struct DraftedMapping {
  std::string format;
  std::string text;  // TOML
};

// A first mapping for one file of respondents. Throws Error for several files and for a format that
// needs no mapping.
DraftedMapping draftSurveyMapping(const ImportTask& task, Progress& progress = noProgress());

}  // namespace canvass
