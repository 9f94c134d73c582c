#include "import/stata/stata.h"

#include "base/error.h"
#include "base/file.h"
#include "import/respondents_import.h"

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

constexpr StatisticsPackage package{"stata", formatOf};

}  // namespace

ImportResult importStata(const std::vector<std::filesystem::path>& files,
                         const ImportOptions& options) {
  return importPackageFiles(package, files, options);
}

std::string draftStata(const std::filesystem::path& file, const ImportOptions& options) {
  return draftPackageFile(package, file, options);
}

}  // namespace canvass
