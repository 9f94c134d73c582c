#pragma once

#include <filesystem>
#include <vector>

#include "import/import.h"

namespace canvass {

// The layout of the "simllm" reference data: a JSON list of records, one per item, with
//   id            the question's id, a string or a whole number
//   instruction   "How would someone from X answer the following question:\n\n", or in Chinese
//   input         the question, closed by " \nHere are the options: \n", or in Chinese
//   options       ["(A)text", ...]
//   options_dist  {"A": share, ...} in any order; percentages or proportions, one scale per file
//   data_type     not used
// The population's id, name and country are X. The format does not say which options have an
// order: every question is ordinal unless ImportOptions::nominalQuestions lists it.
// Throws Error naming file, record (counted from 1) and id.
ImportResult importSimllm(const std::vector<std::filesystem::path>& files,
                          const ImportOptions& options);

// True if the file opens as a JSON list of objects with the key "options_dist".
bool isSimllmFile(const std::filesystem::path& path);

}  // namespace canvass
