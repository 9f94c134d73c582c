#pragma once

#include <filesystem>
#include <vector>

#include "import/import.h"

namespace canvass {

// SubPOP (Suh et al. 2025): one JSON object per line, each one question asked of one group of the
// population of the United States, with
//   qkey          the question's id
//   attribute     "SEX"; a list (or its Python text) if groups are crossed
//   group         "Male"; as many as attributes
//   question      its words
//   options       texts, the last of them "Refused"
//   ordinal       a position on a scale for each other option; -1: not part of the order
//   responses     the shares of the other options among those who chose one
//   refusal_rate  of those who were asked; null if it is not known
// A list may be the text of a Python list. Populations are made as panel_groups.h says, scales as
// options.h says. Throws Error naming file and line.
ImportResult importSubpop(const std::vector<std::filesystem::path>& files,
                          const ImportOptions& options);

// Whether the first line is an object with the keys "qkey" and "attribute".
bool isSubpopFile(const std::filesystem::path& path);

}  // namespace canvass
