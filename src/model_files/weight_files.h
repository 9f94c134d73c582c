#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "model_files/model_files.h"
#include "model_files/stored_tensor.h"

namespace canvass {

// All tensors of a model, by their Hugging Face names: of its GGUF files, of model.safetensors, or
// of the shards that model.safetensors.index.json names. Every tensor of the index must be in its
// shard and vice versa; shard names must be plain file names.
class WeightFiles {
 public:
  explicit WeightFiles(const ModelFiles& model);

  const std::map<std::string, StoredTensor>& tensors() const { return tensors_; }
  // The files that hold them.
  const std::vector<std::string>& names() const { return names_; }
  // The element type that most bytes have.
  ElementType maxStored() const;

 private:
  void openShards(const ModelFiles& model);
  void addShard(const ModelFiles& model, const std::string& shard,
                const std::map<std::string, std::string>& shardOf);

  std::vector<std::string> names_;
  std::map<std::string, StoredTensor> tensors_;
};

// Copies the files that hold a model's weights, unchanged.
void copyWeights(const ModelFiles& from, const std::filesystem::path& folder);

}  // namespace canvass
