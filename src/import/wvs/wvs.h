#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "import/import.h"

namespace canvass {

// Respondents of the World Values Survey as CSV: wave 7 (B_COUNTRY or B_COUNTRY_ALPHA, Q1 to Q259,
// W_WEIGHT), the joint EVS/WVS file, or waves 5 and 6. Labels come from ImportOptions::codebook,
// the questions' full words from ImportOptions::wording if that is given. Populations are
// countries; -1 is don't know, -2 no answer, and every other negative code not asked. With
// ImportOptions::mapping all of this is as the mapping says. Throws Error for a file without a
// country column, and if there is no codebook.
ImportResult importWvs(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options);

// A first mapping for such a file (microdata/draft/draft_mapping.h).
MappingDraft draftWvs(const std::vector<std::filesystem::path>& files,
                      const ImportOptions& options);

// Whether the file has the country column of wave 7 or of the joint file. Other waves have columns
// that any file could have.
bool isWvsFile(const std::filesystem::path& path);

}  // namespace canvass
