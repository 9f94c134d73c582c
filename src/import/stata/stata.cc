#include "import/stata/stata.h"

#include "base/error.h"
#include "base/file.h"
#include "import/respondents_import.h"
#include "microdata/readstat/readstat_reader.h"

namespace canvass {
namespace {

constexpr unsigned char firstOldRelease = 104;
constexpr unsigned char lastOldRelease = 115;

// From release 117 on a file opens with a tag, before with the number of its release.
StatisticsFormat formatOf(const std::filesystem::path& path) {
  const std::string text = fileBeginning(path, 16);
  const auto release = static_cast<unsigned char>(text.empty() ? 0 : text.front());
  if (text.starts_with("<stata_dta>")) return StatisticsFormat::stata;
  if (firstOldRelease <= release && release <= lastOldRelease) return StatisticsFormat::stata;
  throw Error("this is no file of Stata", path.string(),
              "it should be a .dta file; other formats have other names");
}

}  // namespace

ImportResult importStata(const std::vector<std::filesystem::path>& files,
                         const ImportOptions& options) {
  const Mapping mapping = requireMapping(options, "stata");
  return importRespondents(files, mapping, options, [&mapping](const std::filesystem::path& file) {
    return openStatisticsFile({file, formatOf(file), mapping.encoding});
  });
}

std::string draftStata(const std::filesystem::path& file, const ImportOptions& options) {
  return draftRespondents(*openStatisticsFile({file, formatOf(file), {}}), options);
}

}  // namespace canvass
