#include "model_files/weight_files.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"

namespace canvass {
namespace {

// "../x" or "/etc/x" in an index would read outside the folder.
void checkPlainName(const std::string& name, const std::string& where) {
  const bool plain = !name.empty() && name != "." && name != ".." &&
                     name.find('/') == std::string::npos && name.find('\\') == std::string::npos;
  if (!plain) throw Error(fmt::format("\"{}\" is not a plain file name", name), where);
}

std::map<std::string, std::string> readIndex(const std::filesystem::path& index) {
  const std::string where = index.string();
  const Json json = parseJson(readFile(index), where);
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

WeightFiles::WeightFiles(const std::filesystem::path& modelFolder) {
  const auto single = modelFolder / "model.safetensors";
  const auto index = modelFolder / "model.safetensors.index.json";
  if (std::filesystem::exists(single)) {
    files_.emplace_back(single);
    paths_.push_back(single);
    tensors_ = files_.back().tensors();
  } else if (std::filesystem::exists(index)) {
    openShards(modelFolder, index);
  } else {
    throw Error("there is no model.safetensors and no model.safetensors.index.json",
                modelFolder.string(),
                "give a Hugging Face model folder with safetensors weights (.bin files must be "
                "converted first)");
  }
}

void WeightFiles::openShards(const std::filesystem::path& folder,
                             const std::filesystem::path& index) {
  const auto shardOf = readIndex(index);
  std::map<std::string, const SafetensorsFile*> opened;
  for (const auto& [tensor, shard] : shardOf) opened[shard] = nullptr;
  files_.reserve(opened.size());
  for (auto& [shard, file] : opened) {
    files_.emplace_back(folder / shard);
    paths_.push_back(folder / shard);
    file = &files_.back();
    for (const auto& [name, tensor] : file->tensors()) {
      const auto listed = shardOf.find(name);
      if (listed == shardOf.end() || listed->second != shard) {
        throw Error(fmt::format("tensor \"{}\" is not listed for this shard in {}", name,
                                index.filename().string()),
                    (folder / shard).string());
      }
      tensors_[name] = tensor;
    }
  }
  for (const auto& [tensor, shard] : shardOf) {
    if (!tensors_.contains(tensor)) {
      throw Error(fmt::format("tensor \"{}\" is listed in {} but not in the shard", tensor,
                              index.filename().string()),
                  (folder / shard).string());
    }
  }
}

}  // namespace canvass
