#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "import/import.h"

namespace canvass {

// Respondents in a file of SAS, .sas7bdat or transport (.xpt), told by content, and what its
// columns mean by ImportOptions::mapping. Such files hold no value labels: the mapping lists all
// options. Several files are one sample.
ImportResult importSas(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options);

// A first mapping for such a file (microdata/draft/draft_mapping.h).
std::string draftSas(const std::filesystem::path& file, const ImportOptions& options);

}  // namespace canvass
