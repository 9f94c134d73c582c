#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// A zip archive that is read. Every function throws Error naming the archive if it is damaged, or
// what is asked for is encrypted.
class Archive {
 public:
  explicit Archive(std::filesystem::path path);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  // Names of the files in it, with their folders: "wave1/answers.sav".
  std::vector<std::string> files() const;
  // Its size in the archive, in bytes.
  std::size_t packedBytes(const std::string& file) const;
  // Hands on what is in the file, piece by piece.
  void unpack(const std::string& file, const std::function<void(std::string_view)>& take) const;

 private:
  struct Library;

  std::filesystem::path path_;
  std::unique_ptr<Library> library_;
};

// The same of a file that gzip packed.
void unpackGzip(const std::filesystem::path& path,
                const std::function<void(std::string_view)>& take);

}  // namespace canvass
