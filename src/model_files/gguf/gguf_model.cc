// What other models have in files of their own is made from the header of a GGUF file.
#include "model_files/gguf/gguf_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/error.h"
#include "model_files/gguf/config.h"
#include "model_files/gguf/gguf_file.h"
#include "model_files/gguf/part_names.h"

namespace canvass {
namespace {

constexpr const char* configFile = "config.json";
constexpr const char* tokenizerConfigFile = "tokenizer_config.json";
constexpr const char* templateKey = "tokenizer.chat_template";

// The names of all parts of "NAME-00001-of-00003.gguf"; of another name, this alone.
std::vector<std::string> partsOf(const std::string& name, const gguf::Metadata& metadata,
                                 const std::string& where) {
  constexpr const char* key = "split.count";
  const std::int64_t count = metadata.has(key) ? metadata.integer(key) : 1;
  if (count <= 1) return {name};
  const std::string ending = gguf::partName("", 1, count);
  if (!name.ends_with(ending)) {
    throw Error(fmt::format("the model is in {} files, and this is not the first of them", count),
                where, fmt::format("give the file whose name ends in {}", ending));
  }
  const std::string stem = name.substr(0, name.size() - ending.size());
  std::vector<std::string> parts;
  for (std::int64_t part = 1; part <= count; ++part) {
    parts.push_back(gguf::partName(stem, part, count));
  }
  return parts;
}

// What tokenizer_config.json would say.
Json tokenizerConfigOf(const gguf::Metadata& metadata) {
  Json config = Json::object();
  const auto flag = [&](const char* key, const char* name, bool otherwise) {
    config[name] = metadata.has(key) ? metadata.boolean(key) : otherwise;
  };
  // Files without the key are read as llama.cpp reads them.
  const std::string kind = metadata.text("tokenizer.ggml.model");
  const bool startsTexts =
      kind == "llama" || (metadata.has("tokenizer.ggml.pre") &&
                          metadata.text("tokenizer.ggml.pre").starts_with("llama"));
  flag("tokenizer.ggml.add_bos_token", "add_bos_token", startsTexts);
  flag("tokenizer.ggml.add_eos_token", "add_eos_token", false);
  const auto tokens = metadata.texts("tokenizer.ggml.tokens");
  const auto token = [&](const char* key, const char* name) {
    if (!metadata.has(key)) return;
    const std::int64_t id = metadata.integer(key);
    if (id < 0 || static_cast<std::size_t>(id) >= tokens.size()) {
      metadata.fail(key, fmt::format("there is no token {}", id));
    }
    config[name] = tokens[static_cast<std::size_t>(id)];
  };
  token("tokenizer.ggml.bos_token_id", "bos_token");
  token("tokenizer.ggml.eos_token_id", "eos_token");
  token("tokenizer.ggml.unknown_token_id", "unk_token");
  token("tokenizer.ggml.padding_token_id", "pad_token");
  if (metadata.has(templateKey)) config["chat_template"] = metadata.text(templateKey);
  return config;
}

class GgufModel : public ModelFiles {
 public:
  GgufModel(std::shared_ptr<const ModelFiles> folder, std::string name)
      : folder_(std::move(folder)), name_(std::move(name)) {}

  bool has(const std::string& name) const override {
    return name == configFile || name == tokenizerConfigFile || isPart(name);
  }

  std::string read(const std::string& name) const override {
    const auto made = fromHeader(name);
    return made ? *made : folder_->read(requirePart(name));
  }
  std::shared_ptr<const FileBytes> map(const std::string& name) const override {
    auto made = fromHeader(name);
    return made ? bytesInMemory(*std::move(made)) : folder_->map(requirePart(name));
  }

  std::string identity() const override {
    std::string text;
    for (const std::string& part : ggufFiles()) text += folder_->identity(part);
    return text;
  }
  std::string identity(const std::string& name) const override {
    return folder_->identity(requirePart(name));
  }
  std::string describe() const override { return folder_->describe(name_); }
  std::string describe(const std::string& name) const override {
    return isPart(name) ? folder_->describe(name) : fmt::format("{} ({})", describe(), name);
  }

  std::vector<std::string> ggufFiles() const override {
    first();
    return parts_;
  }

 private:
  // The first file, which holds everything but tensors.
  const gguf::GgufFile& first() const {
    std::call_once(opened_, [this] {
      file_.emplace(*folder_, name_);
      parts_ = partsOf(name_, file_->metadata(), describe());
    });
    return *file_;
  }
  // What the header has instead of this file, or nothing if it has not.
  std::optional<std::string> fromHeader(const std::string& name) const {
    if (name == configFile) return gguf::configOf(first(), describe()).dump();
    if (name == tokenizerConfigFile) return tokenizerConfigOf(first().metadata()).dump();
    return std::nullopt;
  }
  bool isPart(const std::string& name) const {
    if (name == name_) return true;
    const auto parts = ggufFiles();
    return std::find(parts.begin(), parts.end(), name) != parts.end();
  }
  const std::string& requirePart(const std::string& name) const {
    if (!isPart(name)) throw Error("there is no such file", describe(name));
    return name;
  }

  std::shared_ptr<const ModelFiles> folder_;
  std::string name_;
  mutable std::once_flag opened_;
  mutable std::optional<gguf::GgufFile> file_;
  mutable std::vector<std::string> parts_;
};

}  // namespace

std::shared_ptr<const ModelFiles> openGguf(std::shared_ptr<const ModelFiles> folder,
                                           const std::string& name) {
  return std::make_shared<const GgufModel>(std::move(folder), name);
}

std::shared_ptr<const ModelFiles> openModel(const std::filesystem::path& path) {
  std::error_code unknown;
  if (!std::filesystem::is_regular_file(path, unknown)) return openFolder(path);
  return openGguf(openFolder(path.parent_path()), path.filename().string());
}

}  // namespace canvass
