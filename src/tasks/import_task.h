#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/progress.h"
#include "import/import.h"

namespace canvass {

struct ImportTask {
  std::string format = {};          // empty: detected by the files' content
  std::vector<std::string> inputs;  // files, or folders for opinionqa; several become one survey
  std::string date = {};            // of the fieldwork, for all populations; empty: unknown
  std::string topics = {};          // a CSV file (first_id,last_id,topic or variable,topic), or a
                                    // table that comes with canvass; empty: none
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
  std::vector<std::string> notes;  // what was guessed, counted by kind
};

// Writes a draft mapping for files of respondents to the TOML file `target`.
// Throws Error for a format that needs no mapping, and if the target exists: a
// mapping that somebody worked on is never overwritten.
DraftedMapping draftSurveyMapping(const ImportTask& task, const std::filesystem::path& target,
                                  Progress& progress = noProgress());

}  // namespace canvass
