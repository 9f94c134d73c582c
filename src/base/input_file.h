#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/mapped_pages.h"

namespace canvass {

// The bytes of a regular file, for reading. A small one is read into memory, and does not change
// under its reader; a large one is mapped (base/mapped_pages.h). Move-only: the bytes stay where
// they are.
class InputFile {
 public:
  // Throws Error naming the file and the reason; for a pipe, a terminal or a device, too, without
  // waiting for it.
  explicit InputFile(std::filesystem::path path);

  std::span<const std::byte> bytes() const { return bytes_; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()};
  }
  const std::filesystem::path& path() const { return path_; }

  // These bytes have been read and are not needed for now: their memory may be used for others, and
  // reading them again reads the file again.
  void letGo(std::span<const std::byte> part) const;

 private:
  std::filesystem::path path_;
  std::vector<std::byte> content_;
  MappedPages pages_;
  std::span<const std::byte> bytes_;
};

}  // namespace canvass
