#include "import/csv/csv.h"

#include "import/respondents_import.h"
#include "microdata/csv/csv_reader.h"

namespace canvass {

ImportResult importCsv(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options) {
  const Mapping mapping = requireMapping(options, "csv");
  return importRespondents(files, mapping, options, [&mapping](const std::filesystem::path& file) {
    return openCsv(file, csvFormOf(mapping));
  });
}

std::string draftCsv(const std::filesystem::path& file, const ImportOptions& options) {
  return draftRespondents(*openCsv(file, {}), options);
}

}  // namespace canvass
