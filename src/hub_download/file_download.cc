#include "hub_download/file_download.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "base/paths.h"
#include "base/storage.h"
#include "hub/content_sum.h"
#include "hub/files_on_disk.h"
#include "hub_download/blob_lock.h"
#include "hub_download/retries.h"

namespace canvass {
namespace {

constexpr long partialContent = 206;
constexpr long rangeNotSatisfiable = 416;

// The part of a blob that has been downloaded.
class IncompleteBlob {
 public:
  IncompleteBlob(std::filesystem::path path, const RemoteFile& file, Reporter& reporter)
      : path_(std::move(path)), file_(file), reporter_(reporter), size_(sizeOfFile(path_)) {
    std::error_code reason;
    std::filesystem::create_directories(path_.parent_path(), reason);
    if (size_ == 0) open_ = disk().create(path_, reason);
    // Each write goes to the end, also after the file was cut.
    open_ = disk().extend(path_, reason);
    if (!open_) failToStore(path_, "write it", reason);
    if (size_ > file_.size) beginAnew();
  }

  std::uint64_t size() const { return size_; }
  bool isWhole() const { return size_ == file_.size; }

  void add(std::string_view bytes) {
    if (bytes.size() > file_.size - size_) {
      beginAnew();
      throw Error("the server sends more than it said that the file has", file_.url,
                  "try again later");
    }
    require(open_->write(bytes), "write it");
    size_ += bytes.size();
    reporter_.add(file_.name, bytes.size());
  }
  void beginAnew() {
    require(open_->cut(0), "write it");
    reporter_.takeBack(std::min(size_, file_.size));
    size_ = 0;
  }
  // Checks the sum, and makes it the blob. If the sum is wrong, nothing is left.
  void publish(const std::filesystem::path& blob) {
    require(open_->flush(), "flush it to disk");
    open_.reset();
    if (contentSumLike(file_.etag, path_) != file_.etag) {
      require(disk().remove(path_), "remove it");
      throw Error(fmt::format("what was downloaded as {} is not the file that the server promised: "
                              "its sum is wrong",
                              file_.name),
                  file_.url, "try again; if it happens again, do not trust the server");
    }
    require(disk().rename(path_, blob), "rename it");
  }

 private:
  void require(const std::error_code& reason, const char* action) const {
    if (reason) failToStore(path_, action, reason);
  }

  std::filesystem::path path_;
  const RemoteFile& file_;
  Reporter& reporter_;
  std::uint64_t size_;
  std::unique_ptr<WritableFile> open_;
};

// The addresses that redirects lead to are good for a while only: another request gets a new one.
[[noreturn]] void failForStatus(const Answer& answer, const RemoteFile& file) {
  constexpr long forbidden = 403;
  const Error error(fmt::format("the server answered with status {}", answer.status), file.url,
                    "what was downloaded is kept: try again");
  if (answer.status == forbidden) throw PassingFailure{error};
  throw error;
}

// One request for what is missing.
void requestRest(HttpClient& client, IncompleteBlob& blob, const RemoteFile& file) {
  const std::uint64_t from = blob.size();
  const std::string expected = fmt::format("bytes {}-", from);
  bool begun = false;
  const Answer answer = client.get(file.url, from, [&](const Answer& head, std::string_view bytes) {
    const bool continues =
        head.status == partialContent && head.header("content-range").starts_with(expected);
    // Servers may send the whole file whatever is asked for.
    if (!begun && from > 0 && !continues) blob.beginAnew();
    if (!begun && head.status == partialContent && !continues) {
      throw Error("the server sends another part of the file than was asked for", file.url);
    }
    begun = true;
    blob.add(bytes);
  });
  if (answer.status == rangeNotSatisfiable) blob.beginAnew();
  if (answer.status != rangeNotSatisfiable && !answer.isGood()) failForStatus(answer, file);
  if (!blob.isWhole()) {
    throw PassingFailure{Error("the server ends before the file does", file.url,
                               "what was downloaded is kept: try again")};
  }
}

void fill(IncompleteBlob& blob, HttpClient& client, const RemoteFile& file, Reporter& reporter) {
  Retries retries(reporter);
  while (!blob.isWhole()) {
    const std::uint64_t before = blob.size();
    try {
      requestRest(client, blob, file);
    } catch (const PassingFailure& failure) {
      if (blob.size() > before) retries.renew();
      retries.waitAfter(failure);
    }
  }
}

}  // namespace

bool isCached(const RemoteFile& file, const CachedRepository& cache) {
  const auto blob = cache.blob(file.etag);
  return isRegularFile(blob) && sizeOfFile(blob) == file.size;
}

std::uint64_t cachedBytes(const RemoteFile& file, const CachedRepository& cache) {
  if (isCached(file, cache)) return file.size;
  return std::min(sizeOfFile(cache.incompleteBlob(file.etag)), file.size);
}

void downloadBlob(HttpClient& client, const RemoteFile& file, const CachedRepository& cache,
                  Reporter& reporter) {
  if (isCached(file, cache)) return;
  const BlobLock lock(cache.lock(file.etag), file.name, reporter);
  if (isCached(file, cache)) return;  // whoever held the lock brought it
  IncompleteBlob blob(cache.incompleteBlob(file.etag), file, reporter);
  fill(blob, client, file, reporter);
  blob.publish(cache.blob(file.etag));
}

void linkIntoSnapshot(const RemoteFile& file, const std::string& commit,
                      const CachedRepository& cache) {
  const auto link = cache.snapshot(commit) / file.name;
  const auto target = cache.blob(file.etag).lexically_relative(link.parent_path());
  std::error_code reason;
  if (std::filesystem::read_symlink(link, reason) == target && !reason) return;
  std::filesystem::create_directories(link.parent_path(), reason);
  if (reason) failToStore(link.parent_path(), "make it", reason);
  // Made aside and renamed: another process may be linking the same file.
  auto aside = link;
  aside += fmt::format(".tmp{}", ::getpid());
  std::filesystem::create_symlink(target, aside, reason);
  if (!reason) reason = disk().rename(aside, link);
  if (reason) failToStore(link, "link it", reason);
}

}  // namespace canvass
