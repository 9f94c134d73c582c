#pragma once

#include <cstddef>

#include "base/storage.h"

namespace canvass::test {

// How an operation of the disk goes wrong.
enum class DiskFault {
  refused,       // it is not carried out; the next ones are
  half,          // as refused, but half of the bytes of a write are written
  killed,        // it is not carried out, nor is anything after it
  killedHalfway  // as killed, but half of the bytes of a write are written
};

constexpr DiskFault everyDiskFault[] = {DiskFault::refused, DiskFault::half, DiskFault::killed,
                                        DiskFault::killedHalfway};

constexpr bool kills(DiskFault fault) {
  return fault == DiskFault::killed || fault == DiskFault::killedHalfway;
}

// The disk, on which one operation (counted from 0, over all files) goes wrong. What a killed
// process would not do is not done; its code runs on over errors, as there is nobody to kill.
class FaultyStorage : public Storage {
 public:
  FaultyStorage(DiskFault fault, std::size_t failing) : fault_(fault), failing_(failing) {}

  std::unique_ptr<WritableFile> create(const std::filesystem::path& path,
                                       std::error_code& reason) override;
  std::unique_ptr<WritableFile> extend(const std::filesystem::path& path,
                                       std::error_code& reason) override;
  std::error_code rename(const std::filesystem::path& from,
                         const std::filesystem::path& to) override;
  std::error_code remove(const std::filesystem::path& path) override;

  // True once the failing operation was asked for.
  bool hasFailed() const { return operations_ > failing_; }

 private:
  friend class FaultyFile;

  // Counts an operation; true if it goes wrong.
  bool fails();
  std::unique_ptr<WritableFile> faulty(std::unique_ptr<WritableFile> file);

  DiskFault fault_;
  std::size_t failing_;
  std::size_t operations_ = 0;
};

}  // namespace canvass::test
