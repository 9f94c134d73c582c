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

}  // namespace canvass
