#include "model_files/weight_files.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "model_files/gguf/tensor_names.h"
#include "model_files/safetensors.h"

namespace canvass {
namespace {

constexpr const char* singleFile = "model.safetensors";
constexpr const char* indexFile = "model.safetensors.index.json";

// "../x" or "/etc/x" in an index would read outside the folder.
void checkPlainName(const std::string& name, const std::string& where) {
  const bool plain = !name.empty() && name != "." && name != ".." &&
                     name.find('/') == std::string::npos && name.find('\\') == std::string::npos;
  if (!plain) throw Error(fmt::format("\"{}\" is not a plain file name", name), where);
}

// The shard of each tensor.
std::map<std::string, std::string> readIndex(const ModelFiles& model) {
  const std::string where = model.describe(indexFile);
  const Json& json = model.json(indexFile);
  const auto found = json.is_object() ? json.find("weight_map") : json.end();
  if (found == json.end() || !found->is_object()) {
    throw Error("the key \"weight_map\" is missing", where);
  }
  std::map<std::string, std::string> shardOf;
  for (const auto& [tensor, shard] : found->items()) {
    if (!shard.is_string()) throw Error("\"weight_map\" may hold only file names", where);
    checkPlainName(shard.get<std::string>(), where);
    shardOf[tensor] = shard.get<std::string>();
  }
  return shardOf;
}

}  // namespace

WeightFiles::WeightFiles(const ModelFiles& model) : names_(model.ggufFiles()) {
  if (!names_.empty()) {
    tensors_ = gguf::namedTensors(model);
  } else if (model.has(singleFile)) {
    names_ = {singleFile};
    tensors_ = SafetensorsFile(model, singleFile).tensors();
  } else if (model.has(indexFile)) {
    openShards(model);
  } else {
    throw Error("there is no model.safetensors and no model.safetensors.index.json",
                model.describe(),
                "give a Hugging Face model folder with safetensors weights (.bin files must be "
                "converted first), or a GGUF file");
  }
}

void WeightFiles::openShards(const ModelFiles& model) {
  const auto shardOf = readIndex(model);
  std::set<std::string> shards;
  for (const auto& [tensor, shard] : shardOf) shards.insert(shard);
  for (const std::string& shard : shards) addShard(model, shard, shardOf);
  for (const auto& [tensor, shard] : shardOf) {
    if (!tensors_.contains(tensor)) {
      throw Error(
          fmt::format("tensor \"{}\" is listed in {} but not in the shard", tensor, indexFile),
          model.describe(shard));
    }
  }
}

void WeightFiles::addShard(const ModelFiles& model, const std::string& shard,
                           const std::map<std::string, std::string>& shardOf) {
  names_.push_back(shard);
  const SafetensorsFile file(model, shard);
  for (const auto& [name, tensor] : file.tensors()) {
    const auto listed = shardOf.find(name);
    if (listed == shardOf.end() || listed->second != shard) {
      throw Error(fmt::format("tensor \"{}\" is not listed for this shard in {}", name, indexFile),
                  model.describe(shard));
    }
    tensors_[name] = tensor;
  }
}

ElementType WeightFiles::maxStored() const {
  std::map<ElementType, std::size_t> bytes;
  for (const auto& [name, tensor] : tensors_) bytes[tensor.type] += tensor.bytes.size();
  ElementType most = ElementType::float32;
  std::size_t greatest = 0;
  for (const auto& [type, size] : bytes) {
    if (size > greatest) most = type, greatest = size;
  }
  return most;
}

void copyWeights(const ModelFiles& from, const std::filesystem::path& folder) {
  std::vector<std::string> names = WeightFiles(from).names();
  if (from.has(indexFile) && !from.has(singleFile)) names.emplace_back(indexFile);
  for (const std::string& name : names) {
    const auto file = from.map(name);
    AtomicFile copy(folder / name);
    copy.write(file->bytes());
    copy.commit();
  }
}

}  // namespace canvass
