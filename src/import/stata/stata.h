#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "import/import.h"

namespace canvass {

// Respondents in a file of Stata, .dta, and what its columns mean by ImportOptions::mapping. The
// missing values .a to .z are codes like others; "." is "". Several files are one sample.
ImportResult importStata(const std::vector<std::filesystem::path>& files,
                         const ImportOptions& options);

// A first mapping for such a file (microdata/draft/draft_mapping.h).
std::string draftStata(const std::filesystem::path& file, const ImportOptions& options);

}  // namespace canvass
