#include "import/csv/csv.h"

#include "import/respondents_import.h"

namespace canvass {

ImportResult importCsv(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options) {
  const Mapping mapping = requireMapping(options, "csv");
  return importRespondents(files, mapping, options, openingCsv(csvFormOf(mapping), options));
}

std::string draftCsv(const std::filesystem::path& file, const ImportOptions& options) {
  return draftRespondents(*openingCsv({}, options)(file), options);
}

bool isCsvFile(const std::filesystem::path& path) {
  const std::filesystem::path extension = path.extension();
  return extension == ".csv" || extension == ".tsv";
}

}  // namespace canvass
