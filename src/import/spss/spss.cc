#include "import/spss/spss.h"

#include "base/error.h"
#include "base/file.h"
#include "import/respondents_import.h"
#include "microdata/readstat/readstat_reader.h"

namespace canvass {
namespace {

// A portable file names itself at its beginning, after a translation table.
constexpr std::size_t portableHeader = 512;

StatisticsFormat formatOf(const std::filesystem::path& path) {
  const std::string text = fileBeginning(path, portableHeader);
  if (text.starts_with("$FL2") || text.starts_with("$FL3")) return StatisticsFormat::spssSystem;
  if (text.find("SPSSPORT") != std::string::npos) return StatisticsFormat::spssPortable;
  throw Error("this is no file of SPSS", path.string(),
              "it should be a .sav, .zsav or .por file; other formats have other names");
}

}  // namespace

ImportResult importSpss(const std::vector<std::filesystem::path>& files,
                        const ImportOptions& options) {
  const Mapping mapping = requireMapping(options, "spss");
  return importRespondents(files, mapping, options, [&mapping](const std::filesystem::path& file) {
    return openStatisticsFile({file, formatOf(file), mapping.encoding});
  });
}

std::string draftSpss(const std::filesystem::path& file, const ImportOptions& options) {
  return draftRespondents(*openStatisticsFile({file, formatOf(file), {}}), options);
}

}  // namespace canvass
