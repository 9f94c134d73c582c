#include "import/packed/archive.h"

#include <fmt/format.h>
#include <zip.h>
#include <zlib.h>

#include <array>

#include "base/error.h"

namespace canvass {
namespace {

constexpr std::size_t pieceBytes = 1 << 18;

using Piece = std::array<char, pieceBytes>;

[[noreturn]] void failUnpacking(const std::string& reason, const std::string& where) {
  throw Error(fmt::format("it cannot be unpacked: {}", reason), where,
              "it may be damaged, cut off or encrypted: unpack it with another program");
}

}  // namespace

struct Archive::Library {
  zip_t* archive = nullptr;

  ~Library() {
    if (archive != nullptr) zip_discard(archive);
  }
};

Archive::Archive(std::filesystem::path path)
    : path_(std::move(path)), library_(std::make_unique<Library>()) {
  int code = 0;
  library_->archive = zip_open(path_.c_str(), ZIP_RDONLY, &code);
  if (library_->archive != nullptr) return;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  failUnpacking(reason, path_.string());
}

Archive::~Archive() = default;

std::vector<std::string> Archive::files() const {
  std::vector<std::string> names;
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(library_->archive, 0));
  for (zip_uint64_t i = 0; i < count; ++i) {
    const char* const name = zip_get_name(library_->archive, i, ZIP_FL_ENC_GUESS);
    if (name == nullptr) failUnpacking("one of its names is not readable", path_.string());
    if (!std::string_view(name).ends_with('/')) names.emplace_back(name);
  }
  return names;
}

std::size_t Archive::packedBytes(const std::string& file) const {
  zip_stat_t about;
  zip_stat_init(&about);
  const bool isKnown = zip_stat(library_->archive, file.c_str(), 0, &about) == 0;
  return isKnown && (about.valid & ZIP_STAT_COMP_SIZE) != 0 ? about.comp_size : 0;
}

void Archive::unpack(const std::string& file,
                     const std::function<void(std::string_view)>& take) const {
  const std::string where = (path_ / file).string();
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> opened(
      zip_fopen(library_->archive, file.c_str(), 0), zip_fclose);
  if (!opened) failUnpacking(zip_strerror(library_->archive), where);
  const auto piece = std::make_unique<Piece>();
  zip_int64_t count = 0;
  while ((count = zip_fread(opened.get(), piece->data(), piece->size())) > 0) {
    take({piece->data(), static_cast<std::size_t>(count)});
  }
  if (count < 0) failUnpacking(zip_file_strerror(opened.get()), where);
}

void unpackGzip(const std::filesystem::path& path,
                const std::function<void(std::string_view)>& take) {
  const std::unique_ptr<gzFile_s, decltype(&gzclose_r)> opened(::gzopen(path.c_str(), "rb"),
                                                               gzclose_r);
  if (!opened) failUnpacking("it cannot be opened", path.string());
  const auto piece = std::make_unique<Piece>();
  int count = 0;
  while ((count = ::gzread(opened.get(), piece->data(), pieceBytes)) > 0) {
    take({piece->data(), static_cast<std::size_t>(count)});
  }
  int error = Z_OK;
  const char* const reason = ::gzerror(opened.get(), &error);
  if (count < 0 || error != Z_OK) failUnpacking(reason, path.string());
}

}  // namespace canvass
