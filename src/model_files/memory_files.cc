// A model whose files are held in memory.
#include <fmt/format.h>

#include "base/error.h"
#include "base/file.h"
#include "model_files/model_files.h"

namespace canvass {
namespace {

class MemoryBytes : public FileBytes {
 public:
  explicit MemoryBytes(std::shared_ptr<const std::string> content) : content_(std::move(content)) {}
  std::span<const std::byte> bytes() const override { return std::as_bytes(std::span(*content_)); }
  void letGo(std::span<const std::byte>) const override {}  // there is no file to read again

 private:
  std::shared_ptr<const std::string> content_;
};

class MemoryFiles : public ModelFiles {
 public:
  MemoryFiles(std::map<std::string, std::string> files, std::string name) : name_(std::move(name)) {
    for (auto& [file, content] : files) {
      files_[file] = std::make_shared<const std::string>(std::move(content));
    }
  }

  bool has(const std::string& name) const override { return files_.contains(name); }
  std::string read(const std::string& name) const override { return *find(name); }
  std::shared_ptr<const FileBytes> map(const std::string& name) const override {
    return std::make_shared<const MemoryBytes>(find(name));
  }

  std::string identity() const override {
    std::string text;
    for (const auto& [name, content] : files_) text += identity(name);
    return text;
  }
  std::string identity(const std::string& name) const override {
    return fmt::format("{} {}\n", name, sha256(*find(name)));
  }
  std::string describe() const override { return name_; }
  std::string describe(const std::string& name) const override { return name_ + "/" + name; }

 private:
  const std::shared_ptr<const std::string>& find(const std::string& name) const {
    const auto found = files_.find(name);
    if (found == files_.end()) throw Error("there is no such file", describe(name));
    return found->second;
  }

  std::string name_;
  std::map<std::string, std::shared_ptr<const std::string>> files_;
};

}  // namespace

std::shared_ptr<const FileBytes> bytesInMemory(std::string content) {
  return std::make_shared<const MemoryBytes>(
      std::make_shared<const std::string>(std::move(content)));
}

std::shared_ptr<const ModelFiles> modelInMemory(std::map<std::string, std::string> files,
                                                std::string name) {
  return std::make_shared<const MemoryFiles>(std::move(files), std::move(name));
}

}  // namespace canvass
