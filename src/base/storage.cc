#include "base/storage.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>

#include "base/descriptor.h"
#include "base/error.h"

namespace canvass {
namespace {

std::error_code lastError() { return {errno, std::generic_category()}; }

class DiskFile : public WritableFile {
 public:
  explicit DiskFile(Descriptor descriptor) : descriptor_(std::move(descriptor)) {}

  std::error_code write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_.number(), bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return lastError();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  }

  std::error_code flush() override {
    // A pipe or a terminal keeps nothing that could be flushed.
    const bool done = ::fsync(descriptor_.number()) == 0 || errno == EINVAL || errno == EROFS;
    return done ? std::error_code() : lastError();
  }

  std::error_code cut(std::uintmax_t size) override {
    const bool done = ::ftruncate(descriptor_.number(), static_cast<off_t>(size)) == 0;
    return done ? std::error_code() : lastError();
  }

 private:
  Descriptor descriptor_;
};

class Disk : public Storage {
 public:
  std::unique_ptr<WritableFile> create(const std::filesystem::path& path,
                                       std::error_code& reason) override {
    return open(path, O_CREAT | O_TRUNC, reason);
  }

  std::unique_ptr<WritableFile> extend(const std::filesystem::path& path,
                                       std::error_code& reason) override {
    return open(path, O_APPEND, reason);
  }

  std::error_code rename(const std::filesystem::path& from,
                         const std::filesystem::path& to) override {
    std::error_code reason;
    const std::filesystem::file_status status = std::filesystem::status(to, reason);
    // The system would put the file in the place of a device.
    if (std::filesystem::is_other(status)) return std::make_error_code(std::errc::file_exists);
    std::filesystem::rename(from, to, reason);
    return reason;
  }

  std::error_code remove(const std::filesystem::path& path) override {
    std::error_code reason;
    std::filesystem::remove(path, reason);
    return reason;
  }

 private:
  static std::unique_ptr<WritableFile> open(const std::filesystem::path& path, int how,
                                            std::error_code& reason) {
    constexpr mode_t readableAndWritable = 0666;  // less what the user's umask removes
    Descriptor descriptor(::open(path.c_str(), O_WRONLY | O_CLOEXEC | how, readableAndWritable));
    if (descriptor.isOpen()) return std::make_unique<DiskFile>(std::move(descriptor));
    reason = lastError();
    return nullptr;
  }
};

std::string remedyFor(const std::error_code& reason) {
  const std::error_condition condition = reason.default_error_condition();
  if (condition == std::errc::no_space_on_device || condition == std::errc::file_too_large ||
      reason.value() == EDQUOT) {
    return "free some disk space, or write to another disk";
  }
  if (condition == std::errc::permission_denied ||
      condition == std::errc::operation_not_permitted ||
      condition == std::errc::read_only_file_system) {
    return "choose a folder that you can write to";
  }
  if (condition == std::errc::io_error) return "check the disk, or write to another one";
  return "choose another path";
}

}  // namespace

Storage& disk() {
  static Disk theDisk;
  return theDisk;
}

void failToStore(const std::filesystem::path& path, const char* action,
                 const std::error_code& reason) {
  throw Error(fmt::format("cannot {}: {}", action, reason.message()), path.string(),
              remedyFor(reason));
}

}  // namespace canvass
