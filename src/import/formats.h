#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "import/import.h"

namespace canvass {

// The importer whose files these are, by their content. Throws Error naming a file whose format is
// not detected, and files of different formats.
const Importer& detectImporter(const std::vector<std::filesystem::path>& files);

// Throws Error naming an option that is given and that the format does not use.
void refuseUnusedOptions(const Importer& importer, const ImportOptions& options);

}  // namespace canvass
