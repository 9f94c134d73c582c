#pragma once

#include <filesystem>
#include <vector>

#include "import/import.h"

namespace canvass {

// OpinionQA (Santurkar et al. 2023): folders of waves of the American Trends Panel, each with
//   info.csv       questions: key, question, references (the text of a Python list: options, then
//                  refusals) and option_ordinal (a list: a position on a scale for each option)
//   metadata.csv   demographic attributes: key and options (a list of their values)
//   responses.csv  respondents: a column for each key, holding texts, and WEIGHT_W26
// Populations are all respondents, and by each attribute separately, with at least 50 respondents,
// as panel_groups.h words them; scales are made as options.h says. Shares are weighted, n_eff and
// refusals as for any file of respondents. A value that is empty was not asked. Throws Error naming
// file and line. Several folders become one survey.
ImportResult importOpinionqa(const std::vector<std::filesystem::path>& folders,
                             const ImportOptions& options);

// Whether the folder has the three files.
bool isOpinionqaFolder(const std::filesystem::path& path);

}  // namespace canvass
