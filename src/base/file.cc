#include "base/file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/error.h"
#include "base/input_file.h"
#include "base/paths.h"

namespace canvass {
namespace {

constexpr std::size_t bytesWorthACall = 1 << 16;
constexpr std::size_t largestWholeFile = 1 << 28;
constexpr std::size_t longestName = 255;  // in bytes, of a file in a folder, as the system allows

// Next to the target, under a name that no other writer takes: two threads may write one target.
std::filesystem::path temporaryNextTo(const std::filesystem::path& target) {
  static std::atomic<unsigned> count = 0;
  const std::string ending = fmt::format(".tmp{}-{}", ::getpid(), count++);
  const std::string name = target.filename().string();
  return target.parent_path() / (name.substr(0, longestName - ending.size()) + ending);
}

}  // namespace

std::string readFile(const std::filesystem::path& path) {
  const InputFile file(path);
  if (file.bytes().size() > largestWholeFile) {
    throw Error(fmt::format("it has {} MB, and a file of its kind at most {}",
                            file.bytes().size() >> 20, largestWholeFile >> 20),
                path.string(), "check that it is the file you mean");
  }
  return std::string(file.text());
}

std::string fileBeginning(const std::filesystem::path& path, std::size_t maxBytes) {
  return std::string(InputFile(path).text().substr(0, maxBytes));
}

AtomicFile::AtomicFile(const std::filesystem::path& target, Storage& storage)
    : storage_(storage), target_(linkedPlace(target)), temporary_(temporaryNextTo(target_)) {
  if (isFolder(target_)) {
    throw Error("it is a folder", target_.string(), "name a file in it");
  }
  if (isStream(target_)) temporary_ = target_;
  std::error_code shownByCreate;
  if (target_.has_parent_path()) {
    std::filesystem::create_directories(target_.parent_path(), shownByCreate);
  }
  std::error_code reason;
  file_ = storage_.create(temporary_, reason);
  require(reason, "write it");
}

AtomicFile::~AtomicFile() {
  if (committed_) return;
  file_.reset();
  if (temporary_ == target_) return;
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
  if (temporary_ != target_) require(storage_.rename(temporary_, target_), "replace it");
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
  const InputFile file(path);
  return sha256(file.bytes(), [&file](std::span<const std::byte> part) { file.letGo(part); });
}

}  // namespace canvass
