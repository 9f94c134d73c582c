#include "import/csv/csv.h"

#include "import/respondents_import.h"

namespace canvass {

ImportResult importCsv(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options) {
  const Mapping mapping = requireMapping(options, "csv");
  return importRespondents(files, mapping, options, openingCsv(csvFormOf(mapping)));
}

MappingDraft draftCsv(const std::vector<std::filesystem::path>& files,
                      const ImportOptions& options) {
  return draftRespondents(files, options, openingCsvForDraft(options));
}

bool isCsvFile(const std::filesystem::path& path) {
  const std::filesystem::path extension = path.extension();
  return extension == ".csv" || extension == ".tsv";
}

}  // namespace canvass
