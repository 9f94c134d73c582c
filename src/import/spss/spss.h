#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "import/import.h"

namespace canvass {

// Respondents in a file of SPSS, .sav, .zsav or .por, told by content, and what its columns mean by
// ImportOptions::mapping. User-missing values are answers to nothing until the mapping says which
// kind of missing they are. Several files are one sample.
ImportResult importSpss(const std::vector<std::filesystem::path>& files,
                        const ImportOptions& options);

// A first mapping for such a file (microdata/draft/draft_mapping.h).
std::string draftSpss(const std::filesystem::path& file, const ImportOptions& options);

}  // namespace canvass
