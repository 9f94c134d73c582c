// A model as Hugging Face publishes it: a folder of files.
#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/input_file.h"
#include "base/paths.h"
#include "model_files/model_files.h"

namespace canvass {
namespace {

class BytesOfFile : public FileBytes {
 public:
  explicit BytesOfFile(const std::filesystem::path& path) : file_(path) {}
  std::span<const std::byte> bytes() const override { return file_.bytes(); }
  void letGo(std::span<const std::byte> part) const override { file_.letGo(part); }

 private:
  InputFile file_;
};

std::string identityOf(const std::filesystem::path& file) {
  return fmt::format("{} {} {}\n", file.filename().string(), fileSize(file), timeOfWriting(file));
}

class FolderFiles : public ModelFiles {
 public:
  explicit FolderFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  bool has(const std::string& name) const override { return isRegularFile(folder_ / name); }
  std::string read(const std::string& name) const override { return readFile(folder_ / name); }
  std::shared_ptr<const FileBytes> map(const std::string& name) const override {
    return std::make_shared<const BytesOfFile>(folder_ / name);
  }

  // Names, sizes and times of writing.
  std::string identity() const override {
    std::string text;
    for (const std::filesystem::path& file : listFolder(folder_)) {
      if (isRegularFile(file)) text += identityOf(file);
    }
    return text;
  }
  std::string identity(const std::string& name) const override {
    if (!has(name)) throw Error("there is no such file", describe(name));
    return identityOf(folder_ / name);
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
