#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/storage.h"

namespace canvass {

// A whole file that is read at once: a mapping, a template, a model's settings. Throws Error naming
// the file and the reason; also if it is larger than such a file ever is (256 MB): longer ones are
// read with InputFile, line by line.
std::string readFile(const std::filesystem::path& path);

// Its first bytes, up to `maxBytes` of them.
std::string fileBeginning(const std::filesystem::path& path, std::size_t maxBytes);

// Writes next to the target and renames on commit(): the target is either the old file or the
// whole new one. Without commit() nothing is left behind, unless the process is killed. Missing
// parent folders are made. Where the target is a link, what it leads to is replaced, and a pipe, a
// terminal or /dev/null is written to as it is. Every function throws Error, naming the target, if
// the disk refuses.
class AtomicFile {
 public:
  explicit AtomicFile(const std::filesystem::path& target, Storage& storage = disk());
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);
  void write(std::span<const std::byte> bytes);
  // Flushes to disk and renames.
  void commit();

 private:
  void writePending();
  void require(const std::error_code& reason, const char* action) const;

  Storage& storage_;
  std::filesystem::path target_;
  std::filesystem::path temporary_;  // the target itself if it is a stream
  std::unique_ptr<WritableFile> file_;
  std::string pending_;  // small pieces, until they are worth a call of the system
  bool committed_ = false;
};

void writeFileAtomically(const std::filesystem::path& path, std::string_view content,
                         Storage& storage = disk());

// Throws Error naming a file that is given twice, under whatever paths: its content would be
// counted twice.
void requireDistinctFiles(const std::vector<std::filesystem::path>& paths);

// SHA-256 of a file's bytes in lower-case hexadecimal.
std::string sha256OfFile(const std::filesystem::path& path);
// SHA-256 of the given bytes in lower-case hexadecimal.
std::string sha256(std::string_view bytes);
// The same for bytes that may not fit in memory: `readPart` is called with each part of them that
// has been read.
std::string sha256(std::span<const std::byte> bytes,
                   const std::function<void(std::span<const std::byte>)>& readPart);

}  // namespace canvass
