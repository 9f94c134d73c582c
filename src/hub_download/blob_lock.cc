#include "hub_download/blob_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <cerrno>

#include "base/storage.h"

namespace canvass {
namespace {

void requireLock(int result, const std::filesystem::path& path, const char* action) {
  if (result < 0) failToStore(path, action, {errno, std::generic_category()});
}

}  // namespace

BlobLock::BlobLock(const std::filesystem::path& path, const std::string& file, Reporter& reporter) {
  constexpr mode_t readableAndWritable = 0666;  // less what the user's umask removes
  std::error_code shownByOpening;
  std::filesystem::create_directories(path.parent_path(), shownByOpening);
  lock_ = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, readableAndWritable));
  requireLock(lock_.number(), path, "make it");
  if (::flock(lock_.number(), LOCK_EX | LOCK_NB) == 0) return;
  if (errno != EWOULDBLOCK) requireLock(-1, path, "lock it");
  reporter.say(
      DownloadNote{fmt::format("waiting for another program that is downloading {}", file)});
  int result = 0;
  while ((result = ::flock(lock_.number(), LOCK_EX)) < 0 && errno == EINTR) {
  }
  requireLock(result, path, "lock it");
}

}  // namespace canvass
