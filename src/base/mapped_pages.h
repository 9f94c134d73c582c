#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace canvass {

// A file's pages in memory, read on first touch; unmapped with the object. Move-only.
//
// If another program makes the file shorter meanwhile, touching a page that is gone raises SIGBUS,
// which no caller can catch: a program that maps files handles the signal, and asks mappedFileAt()
// which file it was.
class MappedPages {
 public:
  MappedPages() = default;
  // Of an open file with this many bytes, at least one. Throws Error naming the file.
  MappedPages(int descriptor, std::size_t size, const std::filesystem::path& path);
  ~MappedPages();
  MappedPages(MappedPages&& other) noexcept;
  MappedPages& operator=(MappedPages&& other) noexcept;

  std::span<const std::byte> bytes() const { return bytes_; }

 private:
  std::span<const std::byte> bytes_;
};

// Gives back the memory of those of these bytes that fill whole pages.
void dropPages(std::span<const std::byte> mapped);

// The path of the mapped file that has this address, or null. Safe to call in a signal's handler.
const char* mappedFileAt(const void* address) noexcept;

}  // namespace canvass
