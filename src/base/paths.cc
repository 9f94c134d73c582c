#include "base/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/error.h"
#include "base/storage.h"

namespace canvass {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void failToLook(const fs::path& path, const std::error_code& reason) {
  throw Error(fmt::format("cannot look at it: {}", reason.message()), path.string());
}

// Of type not_found where nothing is there, or what should be a folder on the way is none.
fs::file_status statusOf(const fs::path& path) {
  std::error_code reason;
  const fs::file_status status = fs::status(path, reason);
  if (!fs::status_known(status)) failToLook(path, reason);
  return status;
}

// As the system allows.
constexpr int longestChain = 40;

}  // namespace

bool isThere(const fs::path& path) { return fs::exists(statusOf(path)); }

bool isRegularFile(const fs::path& path) { return fs::is_regular_file(statusOf(path)); }

bool isFolder(const fs::path& path) { return fs::is_directory(statusOf(path)); }

bool isStream(const fs::path& path) {
  const fs::file_status status = statusOf(path);
  return fs::is_fifo(status) || fs::is_character_file(status);
}

std::uintmax_t fileSize(const fs::path& file) {
  std::error_code reason;
  const std::uintmax_t size = fs::file_size(file, reason);
  if (reason) failToLook(file, reason);
  return size;
}

std::int64_t timeOfWriting(const fs::path& file) {
  std::error_code reason;
  const fs::file_time_type time = fs::last_write_time(file, reason);
  if (reason) failToLook(file, reason);
  return std::int64_t{time.time_since_epoch().count()};
}

std::vector<fs::path> listFolder(const fs::path& folder) {
  std::error_code reason;
  std::vector<fs::path> entries;
  fs::directory_iterator next(folder, reason);
  for (; !reason && next != fs::directory_iterator(); next.increment(reason)) {
    entries.push_back(next->path());
  }
  if (reason) throw Error(fmt::format("cannot list it: {}", reason.message()), folder.string());
  std::sort(entries.begin(), entries.end());
  return entries;
}

void makeFolders(const fs::path& folder) {
  std::error_code reason;
  fs::create_directories(folder, reason);
  if (reason) failToStore(folder, "make this folder", reason);
}

void removeWhole(const fs::path& path) {
  std::error_code reason;
  fs::remove_all(path, reason);
  if (reason) failToStore(path, "remove it", reason);
}

fs::path linkedPlace(const fs::path& path) {
  fs::path place = path;
  for (int links = 0; links < longestChain; ++links) {
    std::error_code isNoLink;
    const fs::path target = fs::read_symlink(place, isNoLink);
    if (isNoLink) return place;
    place = place.parent_path() / target;  // an absolute target replaces the folder
  }
  throw Error("it is a link that leads back to itself", path.string(), "choose another path");
}

fs::path seenFrom(const fs::path& folder, const fs::path& path) {
  std::error_code reason;
  fs::path relative = fs::proximate(path, fs::absolute(folder, reason), reason);
  return reason ? path : relative;
}

fs::path runningProgram() {
  std::error_code reason;
  fs::path program = fs::read_symlink("/proc/self/exe", reason);
  if (reason) failToLook("/proc/self/exe", reason);
  return program;
}

}  // namespace canvass
