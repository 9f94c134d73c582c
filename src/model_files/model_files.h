#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "base/json.h"

namespace canvass {

// The bytes of one file, whose address stays valid as long as this object lives.
class FileBytes {
 public:
  virtual ~FileBytes() = default;
  virtual std::span<const std::byte> bytes() const = 0;
  // These have been read and are not needed for now: their memory may be reused until they are read
  // again.
  virtual void letGo(std::span<const std::byte> part) const = 0;
};

// Bytes that are not in a file.
std::shared_ptr<const FileBytes> bytesInMemory(std::string content);

// The files of a model or of an adapter, by name ("config.json"), wherever they are kept. Safe to
// share between threads.
class ModelFiles {
 public:
  virtual ~ModelFiles() = default;

  virtual bool has(const std::string& name) const = 0;
  // Both throw Error naming the file and the reason.
  virtual std::string read(const std::string& name) const = 0;
  virtual std::shared_ptr<const FileBytes> map(const std::string& name) const = 0;

  // A text that changes when a file changes. Weights are not read for it.
  virtual std::string identity() const = 0;
  // The same for one file.
  virtual std::string identity(const std::string& name) const = 0;
  // The name of the model in messages, and of one of its files, whether or not it exists.
  virtual std::string describe() const = 0;
  virtual std::string describe(const std::string& name) const = 0;

  // "org/name", and the commit, of the repository that the files were downloaded from; empty if
  // there is none.
  virtual std::string repository() const { return {}; }
  virtual std::string commit() const { return {}; }

  // The GGUF files that hold the weights and the tokenizer, in the order of their tensors; none for
  // a model in Hugging Face's form.
  virtual std::vector<std::string> ggufFiles() const { return {}; }

  // The file as JSON, parsed only once. Throws Error as read() and parseJson() do.
  const Json& json(const std::string& name) const;
  // SHA-256 of the file in lower-case hexadecimal.
  std::string sha256Of(const std::string& name) const;

 private:
  mutable std::mutex parsing_;
  mutable std::map<std::string, std::shared_ptr<const Json>> parsed_;
};

// The model in this folder, or in this GGUF file, which messages and files name as given. Nothing
// is read yet.
std::shared_ptr<const ModelFiles> openModel(const std::filesystem::path& path);
std::shared_ptr<const ModelFiles> openFolder(const std::filesystem::path& folder);

// A model whose files, by name, are held in memory; `name` is what messages call it.
std::shared_ptr<const ModelFiles> modelInMemory(std::map<std::string, std::string> files,
                                                std::string name = "memory");

}  // namespace canvass
