#include "import/packed/unpacked_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/file.h"
#include "base/list_text.h"
#include "base/paths.h"
#include "import/packed/archive.h"
#include "text/lines.h"

namespace canvass {
namespace {

constexpr std::array<std::string_view, 10> dataExtensions{
    ".csv", ".tsv", ".sav", ".zsav", ".por", ".dta", ".sas7bdat", ".xpt", ".json", ".jsonl"};

bool beginsWith(const std::filesystem::path& path, std::string_view magic) {
  return isRegularFile(path) && fileBeginning(path, magic.size()) == magic;
}

bool isGzip(const std::filesystem::path& path) { return beginsWith(path, "\x1F\x8B"); }
bool isZip(const std::filesystem::path& path) {
  return beginsWith(path, std::string_view("PK\3\4", 4)) ||
         beginsWith(path, std::string_view("PK\5\6", 4));
}

// The archive that the path names a file in, and that file; an empty file for an archive itself.
std::pair<std::filesystem::path, std::string> archiveOf(const std::filesystem::path& path) {
  std::filesystem::path archive = path;
  while (archive.has_relative_path() && !isThere(archive)) {
    archive = archive.parent_path();
  }
  if (!isZip(archive)) return {};
  return {archive, archive == path ? std::string() : path.lexically_relative(archive).string()};
}

// The name by which the file would be there if it were not packed. Some institutes' archives have
// names with a blank at their end.
std::string plainName(const std::string& file) {
  const std::string name(trimmed(std::filesystem::path(file).filename().string(), " "));
  return name.empty() || name == "." || name == ".." ? "unnamed" : name;
}

bool isData(const std::string& file) {
  const std::string extension =
      asciiLowerCase(std::filesystem::path(plainName(file)).extension().string());
  const bool isOfTheSystem = file.starts_with("__MACOSX/") || plainName(file).starts_with('.');
  return !isOfTheSystem && std::ranges::find(dataExtensions, extension) != dataExtensions.end();
}

// The only file of data, or the only file of all.
std::string onlyFile(const Archive& archive, const std::filesystem::path& path) {
  const std::vector<std::string> files = archive.files();
  std::vector<std::string> data;
  std::ranges::copy_if(files, std::back_inserter(data), isData);
  if (data.empty() && files.size() == 1) data = files;
  if (data.size() == 1) return data.front();
  if (files.empty()) throw Error("the archive has no file of data", path.string());
  const auto& named = data.empty() ? files : data;
  throw Error(fmt::format("the archive has {} of data: {}",
                          data.empty() ? "no file" : counted(data.size(), "file"), listText(named)),
              path.string(),
              fmt::format("name one behind the archive: {}", (path / named.front()).string()));
}

void requireFile(const Archive& archive, const std::string& file,
                 const std::filesystem::path& path) {
  const std::vector<std::string> files = archive.files();
  if (std::ranges::find(files, file) != files.end()) return;
  throw Error(fmt::format("the archive has no file \"{}\"", file), path.string(),
              "its files are " + listText(files));
}

// Writes what is unpacked, within limits.
class UnpackedFile {
 public:
  UnpackedFile(const std::filesystem::path& path, std::string given, std::size_t packedBytes,
               const UnpackingLimits& limits)
      : file_(path), given_(std::move(given)), packedBytes_(packedBytes), limits_(limits) {}

  void add(std::string_view piece) {
    bytes_ += piece.size();
    if (bytes_ > limits_.bytes && bytes_ / limits_.ratio > packedBytes_) {
      throw Error(fmt::format("it unpacks to more than {} times its size", limits_.ratio), given_,
                  "if it should, unpack it with another program");
    }
    file_.write(piece);
  }
  void finish() { file_.commit(); }

 private:
  AtomicFile file_;
  std::string given_;
  std::size_t packedBytes_;
  UnpackingLimits limits_;
  std::size_t bytes_ = 0;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

bool isInput(const std::filesystem::path& path) {
  return isThere(path) || !archiveOf(path).second.empty();
}

UnpackedFiles::UnpackedFiles(const std::vector<std::filesystem::path>& given,
                             const UnpackingLimits& limits)
    : limits_(limits) {
  for (const std::filesystem::path& path : given) paths_.push_back(unpackOne(path, paths_.size()));
}

std::filesystem::path UnpackedFiles::unpackOne(const std::filesystem::path& given,
                                               std::size_t index) {
  auto [path, file] = archiveOf(given);
  if (path.empty() && !isGzip(given)) return given;
  if (!folder_) folder_ = std::make_unique<TemporaryFolder>();
  const std::filesystem::path place = *folder_ / std::to_string(index);
  if (path.empty()) {
    const std::filesystem::path target = place / given.stem();
    UnpackedFile unpacked(target, given.string(), fileSize(given), limits_);
    unpackGzip(given, [&unpacked](std::string_view piece) { unpacked.add(piece); });
    unpacked.finish();
    names_.emplace_back(target.string(), given.string());
    return target;
  }
  const Archive archive(path);
  if (file.empty()) file = onlyFile(archive, path);
  requireFile(archive, file, path);
  const std::filesystem::path target = place / plainName(file);
  const std::string name = path.string() + "/" + file;
  UnpackedFile unpacked(target, name, archive.packedBytes(file), limits_);
  archive.unpack(file, [&unpacked](std::string_view piece) { unpacked.add(piece); });
  unpacked.finish();
  names_.emplace_back(target.string(), name);
  return target;
}

std::string UnpackedFiles::named(std::string text) const {
  for (const auto& [temporary, given] : names_) {
    text = replaced(std::move(text), temporary, given);
  }
  return text;
}

Error UnpackedFiles::named(const Error& error) const {
  return Error(named(error.fault()), named(error.where()), named(error.remedy()));
}

ImportResult UnpackedFiles::named(ImportResult result) const {
  for (std::string& note : result.notes) note = named(std::move(note));
  for (SkippedRecord& record : result.skipped) {
    record.file = named(std::move(record.file));
    record.reason = named(std::move(record.reason));
  }
  return result;
}

}  // namespace canvass
