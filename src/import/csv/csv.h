#pragma once

#include <filesystem>
#include <vector>

#include "import/import.h"

namespace canvass {

// Files of separated values with one line a respondent and one column a variable, and what the
// columns mean by ImportOptions::mapping. Several files are one sample.
ImportResult importCsv(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options);

}  // namespace canvass
