// A model as Hugging Face publishes it: a folder of files.
#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "base/file.h"
#include "model_files/model_files.h"

namespace canvass {
namespace {

class MappedFileBytes : public FileBytes {
 public:
  explicit MappedFileBytes(const std::filesystem::path& path) : file_(path) {}
  std::span<const std::byte> bytes() const override { return file_.bytes(); }
  void letGo(std::span<const std::byte> part) const override { dropPages(part); }

 private:
  MappedFile file_;
};

std::string identityOf(const std::filesystem::directory_entry& file) {
  return fmt::format("{} {} {}\n", file.path().filename().string(), file.file_size(),
                     file.last_write_time().time_since_epoch().count());
}

class FolderFiles : public ModelFiles {
 public:
  explicit FolderFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  bool has(const std::string& name) const override {
    return std::filesystem::is_regular_file(folder_ / name);
  }
  std::string read(const std::string& name) const override { return readFile(folder_ / name); }
  std::shared_ptr<const FileBytes> map(const std::string& name) const override {
    return std::make_shared<const MappedFileBytes>(folder_ / name);
  }

  // Names, sizes and times of writing.
  std::string identity() const override {
    std::set<std::string> files;  // in an order that does not depend on the file system
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      if (entry.is_regular_file()) files.insert(identityOf(entry));
    }
    std::string text;
    for (const std::string& file : files) text += file;
    return text;
  }
  std::string identity(const std::string& name) const override {
    std::error_code missing;
    const std::filesystem::directory_entry entry(folder_ / name, missing);
    if (missing || !entry.is_regular_file()) throw Error("there is no such file", describe(name));
    return identityOf(entry);
  }
  std::string describe() const override { return folder_.string(); }
  std::string describe(const std::string& name) const override { return (folder_ / name).string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace

std::shared_ptr<const ModelFiles> openFolder(const std::filesystem::path& folder) {
  return std::make_shared<const FolderFiles>(folder);
}

}  // namespace canvass
