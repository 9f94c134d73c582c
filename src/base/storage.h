#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <system_error>

namespace canvass {

// A file that is being written; closed with the object. Each operation returns the system's reason
// for refusing it.
class WritableFile {
 public:
  virtual ~WritableFile() = default;
  // Appends the bytes; some of them may have been written if it fails.
  [[nodiscard]] virtual std::error_code write(std::string_view bytes) = 0;
  // What was written is on the disk when this returns.
  [[nodiscard]] virtual std::error_code flush() = 0;
  // Keeps the first `size` bytes only.
  [[nodiscard]] virtual std::error_code cut(std::uintmax_t size) = 0;
};

// What canvass does to the disk when it writes a file: few operations, each of which a test can
// make fail.
class Storage {
 public:
  virtual ~Storage() = default;
  // Opens the file for writing: empty, or at its end. Nothing, and the reason, if it is refused.
  virtual std::unique_ptr<WritableFile> create(const std::filesystem::path& path,
                                               std::error_code& reason) = 0;
  virtual std::unique_ptr<WritableFile> extend(const std::filesystem::path& path,
                                               std::error_code& reason) = 0;
  // Replaces what is at `to`.
  [[nodiscard]] virtual std::error_code rename(const std::filesystem::path& from,
                                               const std::filesystem::path& to) = 0;
  [[nodiscard]] virtual std::error_code remove(const std::filesystem::path& path) = 0;
};

// The file system itself.
Storage& disk();

// Throws Error at `path`: "cannot ACTION: REASON", with what the user can do about this reason.
[[noreturn]] void failToStore(const std::filesystem::path& path, const char* action,
                              const std::error_code& reason);

}  // namespace canvass
