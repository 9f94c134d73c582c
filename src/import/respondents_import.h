#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "import/import.h"
#include "microdata/csv/csv_reader.h"
#include "microdata/mapping.h"
#include "microdata/microdata_reader.h"

namespace canvass {

// What the formats of respondents' files share: only opening a file differs.

using OpenMicrodata =
    std::function<std::unique_ptr<MicrodataReader>(const std::filesystem::path& file)>;

// How a text file is opened: with the labels of the codebook that the options name, if any. Reads
// the codebook at once.
OpenMicrodata openingCsv(const CsvForm& form, const ImportOptions& options);

// The mapping that the options name; throws Error if they name none.
Mapping requireMapping(const ImportOptions& options, const std::string& format);

// Reads the files one after the other as one sample and tabulates them.
ImportResult importRespondents(const std::vector<std::filesystem::path>& files,
                               const Mapping& mapping, const ImportOptions& options,
                               const OpenMicrodata& open);

// A first mapping for the file.
std::string draftRespondents(MicrodataReader& reader, const ImportOptions& options);

}  // namespace canvass
