#include "import/statistics_packages/statistics_packages.h"

#include "base/error.h"
#include "base/paths.h"
#include "import/respondents_import.h"
#include "import/statistics_packages/file_formats.h"
#include "microdata/readstat/readstat_reader.h"

namespace canvass {
namespace {

// Which of a package's formats a file has; throws Error if it has none of them.
using FormatOf = StatisticsFormat (*)(const std::filesystem::path& file);

bool isOneOf(FormatOf formatOf, const std::filesystem::path& file) {
  if (!isRegularFile(file)) return false;
  try {
    formatOf(file);
    return true;
  } catch (const Error&) {
    return false;
  }
}

struct Package {
  std::string name;
  std::string summary;
  std::vector<std::string> extensions;
  FormatOf formatOf;
};

Importer packageImporter(const Package& package, const std::vector<std::string>& options) {
  const auto& [name, summary, extensions, formatOf] = package;
  return {name,
          summary,
          extensions,
          options,
          [formatOf = formatOf](const auto& file) { return isOneOf(formatOf, file); },
          [package](const std::vector<std::filesystem::path>& files, const ImportOptions& given) {
            const Mapping mapping = requireMapping(given, package.name);
            return importRespondents(files, mapping, given, [&](const auto& file) {
              return openStatisticsFile({file, package.formatOf(file), mapping.encoding});
            });
          },
          [package](const std::vector<std::filesystem::path>& files, const ImportOptions& given) {
            return draftRespondents(files, given, [&](const auto& file) {
              return openStatisticsFile({file, package.formatOf(file), given.encoding});
            });
          }};
}

}  // namespace

Importer spssImporter(const std::vector<std::string>& options) {
  return packageImporter({"spss",
                          "respondents in .sav, .zsav or .por files, with --mapping",
                          {"sav", "zsav", "por"},
                          spssFormatOf},
                         options);
}

Importer stataImporter(const std::vector<std::string>& options) {
  return packageImporter(
      {"stata", "respondents in .dta files, with --mapping", {"dta"}, stataFormatOf}, options);
}

Importer sasImporter(const std::vector<std::string>& options) {
  return packageImporter({"sas",
                          "respondents in .sas7bdat or .xpt files, with --mapping",
                          {"sas7bdat", "xpt"},
                          sasFormatOf},
                         options);
}

}  // namespace canvass
