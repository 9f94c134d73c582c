#include "support/faulty_storage.h"

namespace canvass::test {
namespace {

std::error_code diskIsFull() { return std::make_error_code(std::errc::no_space_on_device); }

}  // namespace

class FaultyFile : public WritableFile {
 public:
  FaultyFile(FaultyStorage& storage, std::unique_ptr<WritableFile> file)
      : storage_(storage), file_(std::move(file)) {}

  std::error_code write(std::string_view bytes) override {
    const bool isFirst = !storage_.hasFailed();
    if (!storage_.fails()) return file_->write(bytes);
    const bool writesHalf =
        storage_.fault_ == DiskFault::half || storage_.fault_ == DiskFault::killedHalfway;
    if (isFirst && writesHalf) {
      const std::error_code reason = file_->write(bytes.substr(0, bytes.size() / 2));
      if (reason) return reason;
    }
    return diskIsFull();
  }

  std::error_code flush() override { return storage_.fails() ? diskIsFull() : file_->flush(); }

  std::error_code cut(std::uintmax_t size) override {
    return storage_.fails() ? diskIsFull() : file_->cut(size);
  }

 private:
  FaultyStorage& storage_;
  std::unique_ptr<WritableFile> file_;
};

bool FaultyStorage::fails() {
  const std::size_t operation = operations_++;
  return kills(fault_) ? operation >= failing_ : operation == failing_;
}

std::unique_ptr<WritableFile> FaultyStorage::faulty(std::unique_ptr<WritableFile> file) {
  if (file == nullptr) return nullptr;
  return std::make_unique<FaultyFile>(*this, std::move(file));
}

std::unique_ptr<WritableFile> FaultyStorage::create(const std::filesystem::path& path,
                                                    std::error_code& reason) {
  if (!fails()) return faulty(disk().create(path, reason));
  reason = diskIsFull();
  return nullptr;
}

std::unique_ptr<WritableFile> FaultyStorage::extend(const std::filesystem::path& path,
                                                    std::error_code& reason) {
  if (!fails()) return faulty(disk().extend(path, reason));
  reason = diskIsFull();
  return nullptr;
}

std::error_code FaultyStorage::rename(const std::filesystem::path& from,
                                      const std::filesystem::path& to) {
  return fails() ? diskIsFull() : disk().rename(from, to);
}

std::error_code FaultyStorage::remove(const std::filesystem::path& path) {
  return fails() ? diskIsFull() : disk().remove(path);
}

}  // namespace canvass::test
