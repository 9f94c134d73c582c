#include "base/mapped_pages.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <mutex>
#include <utility>

#include "base/error.h"

namespace canvass {
namespace {

// Where a mapping lies and what it is of: in a form that a signal's handler can read at any moment.
// An entry is used again after its mapping is gone, and never freed.
struct MappingEntry {
  std::atomic<std::uintptr_t> begin = 0;
  std::atomic<std::uintptr_t> end = 0;  // 0 where the entry is free
  char path[4096] = {};
  MappingEntry* next = nullptr;
};

std::atomic<MappingEntry*> firstMapping = nullptr;
std::mutex changingMappings;

MappingEntry& freeEntry() {
  for (MappingEntry* entry = firstMapping; entry != nullptr; entry = entry->next) {
    if (entry->end == 0) return *entry;
  }
  auto* added = new MappingEntry;
  added->next = firstMapping;
  firstMapping = added;
  return *added;
}

std::uintptr_t addressOf(const void* place) { return reinterpret_cast<std::uintptr_t>(place); }

void enter(std::span<const std::byte> bytes, const std::filesystem::path& path) {
  const std::lock_guard lock(changingMappings);
  MappingEntry& entry = freeEntry();
  const std::string& name = path.native();
  const std::size_t length = std::min(name.size(), sizeof entry.path - 1);
  std::memcpy(entry.path, name.data(), length);
  entry.path[length] = '\0';
  entry.begin = addressOf(bytes.data());
  // The last page is mapped whole.
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  entry.end = (addressOf(bytes.data()) + bytes.size() + page - 1) / page * page;
}

void leave(std::span<const std::byte> bytes) {
  const std::lock_guard lock(changingMappings);
  for (MappingEntry* entry = firstMapping; entry != nullptr; entry = entry->next) {
    if (entry->end != 0 && entry->begin == addressOf(bytes.data())) entry->end = 0;
  }
}

}  // namespace

MappedPages::MappedPages(int descriptor, std::size_t size, const std::filesystem::path& path) {
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (address == MAP_FAILED) {
    throw Error(fmt::format("cannot map it into memory: {}", std::strerror(errno)), path.string());
  }
  bytes_ = {static_cast<const std::byte*>(address), size};
  enter(bytes_, path);
}

MappedPages::~MappedPages() {
  if (bytes_.empty()) return;
  leave(bytes_);
  ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

MappedPages::MappedPages(MappedPages&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedPages& MappedPages::operator=(MappedPages&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

void dropPages(std::span<const std::byte> mapped) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const std::uintptr_t begin = addressOf(mapped.data());
  // Only pages that hold nothing else.
  const std::uintptr_t first = (begin + page - 1) / page * page;
  const std::uintptr_t last = (begin + mapped.size()) / page * page;
  if (first < last) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
}

const char* mappedFileAt(const void* address) noexcept {
  for (const MappingEntry* entry = firstMapping; entry != nullptr; entry = entry->next) {
    if (addressOf(address) >= entry->begin && addressOf(address) < entry->end) return entry->path;
  }
  return nullptr;
}

}  // namespace canvass
