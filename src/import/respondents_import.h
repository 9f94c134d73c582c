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

// How the options say that a text file is written. Throws Error for a separator that is not a
// character or "tab", and a decimal mark that is neither a point nor a comma.
CsvForm csvFormOf(const ImportOptions& options);

// How a text file is opened.
OpenMicrodata openingCsv(const CsvForm& form);
// The same for a draft: as the options say, and the file's own decimal mark completes it. Refers to
// the options.
OpenMicrodata openingCsvForDraft(const ImportOptions& options);

// The mapping that the options name; throws Error if they name none.
Mapping requireMapping(const ImportOptions& options, const std::string& format);

// Reads the files one after the other as one sample and tabulates them, with what the options
// choose (import/respondent_choices.h).
ImportResult importRespondents(const std::vector<std::filesystem::path>& files,
                               const Mapping& mapping, const ImportOptions& options,
                               const OpenMicrodata& open);

// A first mapping for the files, as one sample.
MappingDraft draftRespondents(const std::vector<std::filesystem::path>& files,
                              const ImportOptions& options, const OpenMicrodata& open);

}  // namespace canvass
