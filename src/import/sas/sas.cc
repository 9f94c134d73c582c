#include "import/sas/sas.h"

#include "base/error.h"
#include "base/file.h"
#include "import/respondents_import.h"

namespace canvass {
namespace {

constexpr std::string_view transportHeader = "HEADER RECORD*******LIB";
constexpr std::string_view dataSetMagic("\xc2\xea\x81\x60", 4);
constexpr std::size_t magicAt = 12;

// A transport file consists of cards and does not say how many: only a part of one tells of a cut.
constexpr std::size_t cardBytes = 80;

void checkCards(const std::filesystem::path& path) {
  if (MappedFile(path).bytes().size() % cardBytes == 0) return;
  throw Error("the file ends inside one of its records of 80 bytes", path.string(),
              "it may be cut off: copy it again");
}

StatisticsFormat formatOf(const std::filesystem::path& path) {
  const std::string text = fileBeginning(path, 32);
  if (text.starts_with(transportHeader)) {
    checkCards(path);
    return StatisticsFormat::sasTransport;
  }
  if (text.size() > magicAt && text.substr(magicAt).starts_with(dataSetMagic)) {
    return StatisticsFormat::sas;
  }
  throw Error("this is no data file of SAS", path.string(),
              "it should be a .sas7bdat or .xpt file; other formats have other names");
}

constexpr StatisticsPackage package{"sas", formatOf};

}  // namespace

ImportResult importSas(const std::vector<std::filesystem::path>& files,
                       const ImportOptions& options) {
  return importPackageFiles(package, files, options);
}

std::string draftSas(const std::filesystem::path& file, const ImportOptions& options) {
  return draftPackageFile(package, file, options);
}

}  // namespace canvass
