#include "import/statistics_packages/statistics_packages.h"

#include "base/error.h"
#include "import/respondents_import.h"
#include "import/statistics_packages/file_formats.h"

namespace canvass {
namespace {

// Which of a package's formats a file has; throws Error if it has none of them.
using FormatOf = StatisticsFormat (*)(const std::filesystem::path& file);

Importer packageImporter(const std::string& name, const std::string& summary, FormatOf formatOf) {
  return {name, summary,
          [=](const std::vector<std::filesystem::path>& files, const ImportOptions& options) {
            const Mapping mapping = requireMapping(options, name);
            return importRespondents(files, mapping, options, [&](const auto& file) {
              return openStatisticsFile({file, formatOf(file), mapping.encoding});
            });
          },
          [=](const std::filesystem::path& file, const ImportOptions& options) {
            return draftRespondents(*openStatisticsFile({file, formatOf(file), {}}), options);
          }};
}

}  // namespace

Importer spssImporter() {
  return packageImporter("spss", "respondents in .sav, .zsav or .por files, with --mapping",
                         spssFormatOf);
}

Importer stataImporter() {
  return packageImporter("stata", "respondents in .dta files, with --mapping", stataFormatOf);
}

Importer sasImporter() {
  return packageImporter("sas", "respondents in .sas7bdat or .xpt files, with --mapping",
                         sasFormatOf);
}

}  // namespace canvass
