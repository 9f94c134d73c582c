#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "model_files/safetensors.h"

namespace canvass {

// All tensors of a model folder: model.safetensors, or the shards that
// model.safetensors.index.json names. Every tensor of the index must be in its shard and the
// reverse; shard names must be plain file names.
class WeightFiles {
 public:
  explicit WeightFiles(const std::filesystem::path& modelFolder);

  const std::map<std::string, StoredTensor>& tensors() const { return tensors_; }
  const std::vector<std::filesystem::path>& paths() const { return paths_; }

 private:
  void openShards(const std::filesystem::path& folder, const std::filesystem::path& index);

  std::vector<SafetensorsFile> files_;
  std::vector<std::filesystem::path> paths_;
  std::map<std::string, StoredTensor> tensors_;
};

}  // namespace canvass
