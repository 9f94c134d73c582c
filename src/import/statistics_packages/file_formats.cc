#include "import/statistics_packages/file_formats.h"

#include "base/error.h"
#include "base/file.h"
#include "base/paths.h"

namespace canvass {
namespace {

// A portable file names itself at its beginning, after a translation table.
constexpr std::size_t portableHeader = 512;
constexpr std::size_t encryptedHeader = 36;

constexpr unsigned char firstOldStata = 102;
constexpr unsigned char lastOldStata = 115;

constexpr std::string_view transportHeader = "HEADER RECORD*******LIB";
constexpr std::string_view dataSetMagic("\xc2\xea\x81\x60", 4);
constexpr std::size_t magicAt = 12;

// A transport file consists of cards and does not say how many: only a partial one shows that the
// file was cut off.
constexpr std::size_t cardBytes = 80;

void checkCards(const std::filesystem::path& path) {
  if (fileSize(path) % cardBytes == 0) return;
  throw Error("the file ends inside one of its 80-byte records", path.string(),
              "it may be cut off: copy it again");
}

}  // namespace

StatisticsFormat spssFormatOf(const std::filesystem::path& path) {
  const std::string text = fileBeginning(path, portableHeader);
  if (text.starts_with("$FL2") || text.starts_with("$FL3")) return StatisticsFormat::spssSystem;
  if (text.substr(0, encryptedHeader).find("ENCRYPTEDSAV") != std::string::npos) {
    throw Error("the file is encrypted", path.string(),
                "open it in SPSS with its password, and save it without one");
  }
  if (text.find("SPSSPORT") != std::string::npos) return StatisticsFormat::spssPortable;
  throw Error("this is not an SPSS file", path.string(),
              "it should be a .sav, .zsav or .por file; other formats have other names");
}

// From release 117 on a file opens with a tag, before with the number of its release, which could
// be a letter, the order of its bytes (1 or 2) and a 1.
StatisticsFormat stataFormatOf(const std::filesystem::path& path) {
  const std::string text = fileBeginning(path, 16);
  if (text.starts_with("<stata_dta>")) return StatisticsFormat::stata;
  const auto release = static_cast<unsigned char>(text.empty() ? 0 : text.front());
  const bool isOld = firstOldStata <= release && release <= lastOldStata && text.size() > 2 &&
                     (text[1] == 1 || text[1] == 2) && text[2] == 1;
  if (isOld) return StatisticsFormat::stata;
  throw Error("this is not a Stata file", path.string(),
              "it should be a .dta file; other formats have other names");
}

StatisticsFormat sasFormatOf(const std::filesystem::path& path) {
  const std::string text = fileBeginning(path, 32);
  if (text.starts_with(transportHeader)) {
    checkCards(path);
    return StatisticsFormat::sasTransport;
  }
  if (text.starts_with("**COMPRESSED**")) {
    throw Error("the file was made by PROC CPORT, whose format only SAS reads", path.string(),
                "have SAS write it as .sas7bdat, or as a transport file by the engine XPORT");
  }
  if (text.size() > magicAt && text.substr(magicAt).starts_with(dataSetMagic)) {
    return StatisticsFormat::sas;
  }
  throw Error("this is not a SAS data file", path.string(),
              "it should be a .sas7bdat or .xpt file; other formats have other names");
}

}  // namespace canvass
