#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <memory>
#include <set>
#include <utility>

#include "base/descriptor.h"
#include "base/digest.h"
#include "base/error.h"

namespace canvass {
namespace {

[[noreturn]] void failWithErrno(const std::filesystem::path& path, const char* action) {
  throw Error(fmt::format("cannot {}: {}", action, std::strerror(errno)), path.string());
}

constexpr std::size_t bytesWorthACall = 1 << 16;

}  // namespace

std::string readFile(const std::filesystem::path& path) {
  const MappedFile file(path);
  const auto bytes = file.bytes();
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string fileBeginning(const std::filesystem::path& path, std::size_t maxBytes) {
  const MappedFile file(path);
  const auto bytes = file.bytes().first(std::min(maxBytes, file.bytes().size()));
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

MappedFile::MappedFile(const std::filesystem::path& path) : path_(path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.isOpen()) failWithErrno(path, "open it");
  struct stat status {};
  if (::fstat(file.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
    throw Error("it is not a regular file", path.string());
  }
  size_ = static_cast<std::size_t>(status.st_size);
  if (size_ == 0) return;
  void* address = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (address == MAP_FAILED) failWithErrno(path, "map it into memory");
  data_ = static_cast<const std::byte*>(address);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : path_(std::move(other.path_)),
      data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

void dropPages(std::span<const std::byte> mapped) {
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(mapped.data());
  // Only pages that hold nothing else.
  const std::uintptr_t first = (begin + page - 1) / page * page;
  const std::uintptr_t last = (begin + mapped.size()) / page * page;
  if (first < last) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
}

AtomicFile::AtomicFile(std::filesystem::path target, Storage& storage)
    : storage_(storage), target_(std::move(target)), temporary_(target_) {
  std::error_code shownByCreate;
  if (target_.has_parent_path()) {
    std::filesystem::create_directories(target_.parent_path(), shownByCreate);
  }
  static std::atomic<unsigned> count = 0;  // two threads may write one target
  temporary_ += fmt::format(".tmp{}-{}", ::getpid(), count++);
  std::error_code reason;
  file_ = storage_.create(temporary_, reason);
  require(reason, "write it");
}

AtomicFile::~AtomicFile() {
  if (committed_) return;
  file_.reset();
  // There is nothing left to do about a file that cannot be removed.
  [[maybe_unused]] const std::error_code ignored = storage_.remove(temporary_);
}

void AtomicFile::require(const std::error_code& reason, const char* action) const {
  if (reason) failToStore(target_, action, reason);
}

void AtomicFile::write(std::string_view bytes) {
  if (pending_.size() + bytes.size() < bytesWorthACall) {
    pending_ += bytes;
    return;
  }
  writePending();
  require(file_->write(bytes), "write it");
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  write(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

void AtomicFile::writePending() {
  require(file_->write(pending_), "write it");
  pending_.clear();
}

void AtomicFile::commit() {
  writePending();
  require(file_->flush(), "flush it to disk");
  file_.reset();
  require(storage_.rename(temporary_, target_), "replace it");
  committed_ = true;
}

void writeFileAtomically(const std::filesystem::path& path, std::string_view content,
                         Storage& storage) {
  AtomicFile file(path, storage);
  file.write(content);
  file.commit();
}

void requireDistinctFiles(const std::vector<std::filesystem::path>& paths) {
  std::set<std::filesystem::path> known;
  for (const std::filesystem::path& path : paths) {
    std::error_code shownByReading;
    auto resolved =
        std::filesystem::weakly_canonical(std::filesystem::absolute(path), shownByReading);
    if (known.insert(shownByReading ? path : std::move(resolved)).second) continue;
    throw Error("the file is given twice, and would be counted twice", path.string(),
                "name each file once");
  }
}

std::string sha256(std::string_view bytes) {
  Digest hash(Digest::Kind::sha256);
  hash.add(std::as_bytes(std::span(bytes)));
  return hash.hexadecimal();
}

std::string sha256(std::span<const std::byte> bytes,
                   const std::function<void(std::span<const std::byte>)>& readPart) {
  constexpr std::size_t stretch = 1 << 24;
  Digest hash(Digest::Kind::sha256);
  for (std::size_t start = 0; start < bytes.size(); start += stretch) {
    const auto part = bytes.subspan(start, std::min(stretch, bytes.size() - start));
    hash.add(part);
    readPart(part);
  }
  return hash.hexadecimal();
}

std::string sha256OfFile(const std::filesystem::path& path) {
  const MappedFile file(path);
  return sha256(file.bytes(), dropPages);
}

}  // namespace canvass
