#pragma once

#include <cstdint>
#include <set>
#include <string>

#include "model_files/gguf/metadata.h"

namespace canvass::gguf {

// The keys of one architecture ("llama.block_count"), which remembers those that were read.
class ArchitectureKeys {
 public:
  ArchitectureKeys(const Metadata& metadata, const std::string& architecture)
      : metadata_(metadata), prefix_(architecture + ".") {}

  bool has(const std::string& key) const { return metadata_.has(prefix_ + key); }
  std::int64_t integer(const std::string& key) { return metadata_.integer(mark(key)); }
  std::string text(const std::string& key) { return metadata_.text(mark(key)); }
  std::int64_t sameForAllLayers(const std::string& key) {
    return metadata_.sameForAllLayers(mark(key));
  }
  // Single precision in the file: the shortest decimal that is this number, as config.json has it.
  double number(const std::string& key);
  double numberOr(const std::string& key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  void ignore(const std::string& key) { mark(key); }
  void require(const std::string& key, std::int64_t value);
  [[noreturn]] void fail(const std::string& key, const std::string& fault) const {
    metadata_.fail(prefix_ + key, fault);
  }
  // Throws Error at `where` naming keys that nothing has read.
  void requireAllRead(const std::string& where) const;

 private:
  std::string mark(const std::string& key) { return *read_.insert(prefix_ + key).first; }

  const Metadata& metadata_;
  std::string prefix_;
  std::set<std::string> read_;
};

}  // namespace canvass::gguf
