#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/temporary_folder.h"
#include "import/import.h"

namespace canvass {

// Whether the path names a file or folder, or one in a zip archive: "answers.zip/wave1.sav".
bool isInput(const std::filesystem::path& path);

// Files that are made to fill a disk go beyond both.
struct UnpackingLimits {
  std::size_t bytes = std::size_t{1} << 30;
  std::size_t ratio = 200;  // of the bytes to those that are packed
};

// Files to import, as importers can open them: those that gzip or zip packed are unpacked into a
// temporary folder, which lasts as long as the object. Of an archive it is the one file of
// respondents, or the one that the path names behind the archive's.
//
// Throws Error naming the archive if it is damaged, has no such file, has several, or if one
// unpacks to more than 1 GiB and 200 times its size, as files that are made to fill a disk do.
class UnpackedFiles {
 public:
  explicit UnpackedFiles(const std::vector<std::filesystem::path>& given,
                         const UnpackingLimits& limits = {});

  const std::vector<std::filesystem::path>& paths() const { return paths_; }

  // Messages that name an unpacked file name what was given instead.
  Error named(const Error& error) const;
  ImportResult named(ImportResult result) const;

 private:
  std::filesystem::path unpackOne(const std::filesystem::path& given, std::size_t index);
  std::string named(std::string text) const;

  UnpackingLimits limits_;
  std::unique_ptr<TemporaryFolder> folder_;  // once there is something to unpack
  std::vector<std::filesystem::path> paths_;
  std::vector<std::pair<std::string, std::string>> names_;  // of an unpacked file, as it was given
};

}  // namespace canvass
