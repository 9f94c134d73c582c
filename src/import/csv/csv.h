#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "import/import.h"

namespace canvass {

// Files of separated values with one line per respondent and one column per variable, and what the
// columns mean by ImportOptions::mapping. Several files are one sample.
ImportResult importCsv(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options);

// A first mapping for such a file (microdata/draft/draft_mapping.h).
MappingDraft draftCsv(const std::vector<std::filesystem::path>& files,
                      const ImportOptions& options);

// Whether the name ends in .csv or .tsv: any text could be such a file by its content.
bool isCsvFile(const std::filesystem::path& path);

}  // namespace canvass
