#pragma once

#include <filesystem>
#include <vector>

#include "import/import.h"

namespace canvass {

// GlobalOpinionQA (Durmus et al. 2023) as it is published: a CSV file with the columns
//   question    its words
//   selections  the text of a Python defaultdict: proportions by population
//   options     the text of a Python list
//   source      the survey that asked it: "GAS", "WVS"
// and, ignored, a column without a name and columns that are not used. A question's id is its
// source and the number of its record ("GAS-12"), as one text may come from two surveys.
// Populations are the labels as they are: "India (Current national sample)" and "India
// (Non-national sample)" are two, whose prompts leave the remark out. Every question is ordinal
// unless ImportOptions::nominalQuestions lists it: the format does not say. Throws Error naming
// file and line for a bad record; if bad records are skipped, only a population whose shares are
// unusable is left out. Takes one file: ids are of its records.
ImportResult importGlobalOpinions(const std::vector<std::filesystem::path>& files,
                                  const ImportOptions& options);

// Whether the file has these columns.
bool isGlobalOpinionsFile(const std::filesystem::path& path);

}  // namespace canvass
