#include "import/spss/spss.h"

#include "base/error.h"
#include "base/file.h"
#include "import/respondents_import.h"

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

constexpr StatisticsPackage package{"spss", formatOf};

}  // namespace

ImportResult importSpss(const std::vector<std::filesystem::path>& files,
                        const ImportOptions& options) {
  return importPackageFiles(package, files, options);
}

std::string draftSpss(const std::filesystem::path& file, const ImportOptions& options) {
  return draftPackageFile(package, file, options);
}

}  // namespace canvass
