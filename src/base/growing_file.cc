#include "base/growing_file.h"

#include <string>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/input_file.h"
#include "base/paths.h"

namespace canvass {
namespace {

std::string wholeLines(const std::filesystem::path& path) {
  const InputFile file(path);
  const std::string_view text = file.text();
  const std::size_t end = text.rfind('\n');
  return std::string(text.substr(0, end == std::string_view::npos ? 0 : end + 1));
}

}  // namespace

GrowingFile::GrowingFile(std::filesystem::path path, std::string_view beginning, Storage& storage)
    : storage_(storage), path_(std::move(path)) {
  const std::string lines = isThere(path_) ? wholeLines(path_) : "";
  const std::string_view content = lines.empty() ? beginning : lines;
  writeFileAtomically(path_, content, storage_);
  std::error_code reason;
  file_ = storage_.extend(path_, reason);
  if (reason) failToStore(path_, "write it", reason);
  bytes_ = content.size();
}

void GrowingFile::append(std::string_view bytes) {
  if (file_ == nullptr) {
    throw Error("an earlier write failed", path_.string(),
                "start again: the run resumes from there");
  }
  if (const std::error_code reason = file_->write(bytes)) {
    // What was written before the failure would stand in the middle of a line.
    if (file_->cut(bytes_)) file_.reset();
    failToStore(path_, "write it", reason);
  }
  bytes_ += bytes.size();
}

void GrowingFile::rename(const std::filesystem::path& target) {
  file_.reset();
  if (const std::error_code reason = storage_.rename(path_, target)) {
    failToStore(target, "replace it", reason);
  }
}

void GrowingFile::remove() {
  file_.reset();
  if (const std::error_code reason = storage_.remove(path_)) {
    failToStore(path_, "remove it", reason);
  }
}

}  // namespace canvass
