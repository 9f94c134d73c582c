#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/storage.h"

namespace canvass {

// A file of lines that grows while a run goes on and outlives it, so that a run that was
// interrupted, or killed, goes on where it ended. Every function throws Error, naming the file, if
// the disk refuses.
class GrowingFile {
 public:
  // Opens the file at its end, without a last line that has no end: what a killed run had begun to
  // write. One with no line begins with `beginning`.
  GrowingFile(std::filesystem::path path, std::string_view beginning, Storage& storage = disk());

  // The system has the bytes when this returns. If it throws, the file is as it was before; a run
  // that is killed meanwhile may leave some of them.
  void append(std::string_view bytes);

  // Both end it.
  void rename(const std::filesystem::path& target);
  void remove();

  const std::filesystem::path& path() const { return path_; }

 private:
  Storage& storage_;
  std::filesystem::path path_;
  std::unique_ptr<WritableFile> file_;  // none once it cannot be written any more
  std::uintmax_t bytes_ = 0;
};

}  // namespace canvass
