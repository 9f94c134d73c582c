#include "hub/model_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/list_text.h"
#include "base/paths.h"
#include "model_files/companion_files.h"
#include "model_files/gguf/part_names.h"

namespace canvass {
namespace {

constexpr const char* configPart = "config.json";
constexpr const char* wholeWeights = "model.safetensors";
constexpr const char* adapterConfig = "adapter_config.json";
constexpr const char* adapterWeights = "adapter_model.safetensors";

// What a folder may have besides: an adapter, and two files of canvass's own.
constexpr std::array furtherFiles = {adapterConfig, adapterWeights, "option_head.safetensors",
                                     "run.json"};
constexpr std::array tokenizers = {"tokenizer.json", "tokenizer.model", "spm.model"};

bool contains(const std::vector<std::string>& files, const std::string& name) {
  return std::ranges::find(files, name) != files.end();
}

// A number of five digits at this position of the name.
std::optional<int> fiveDigits(std::string_view name, std::size_t position) {
  int number = 0;
  const char* const begin = name.data() + position;
  const auto [end, fault] = std::from_chars(begin, begin + 5, number);
  if (fault != std::errc() || end != begin + 5 || number < 0) return std::nullopt;
  return number;
}

// "STEM-00001-of-00003.gguf".
struct NumberedPart {
  std::string stem;
  int part = 0;
  int count = 0;
};

// No model has nearly as many; a name that says so would be a list of names in megabytes.
constexpr int maxParts = 10'000;

std::optional<NumberedPart> numberedPart(const std::string& file) {
  constexpr std::string_view pattern = "-00001-of-00003.gguf";
  if (file.size() <= pattern.size()) return std::nullopt;
  const std::size_t start = file.size() - pattern.size();
  const std::string ending = file.substr(start);
  const auto part = fiveDigits(ending, 1);
  const auto count = fiveDigits(ending, 10);
  const bool isPart = part && count && *part >= 1 && *part <= *count && *count <= maxParts &&
                      ending == gguf::partName("", *part, *count);
  if (!isPart) return std::nullopt;
  return NumberedPart{file.substr(0, start), *part, *count};
}

// The first part of each GGUF file.
std::vector<std::string> ggufModels(const std::vector<std::string>& files) {
  std::vector<std::string> models;
  for (const std::string& file : files) {
    if (isFirstGgufPart(file)) models.push_back(file);
  }
  return models;
}

[[noreturn]] void failForWeights(const std::vector<std::string>& files, const HubName& name) {
  const std::string where = hubNameText(name);
  const auto models = ggufModels(files);
  if (!models.empty()) {
    HubName one = name;
    one.file = models.front();
    throw Error(fmt::format("the repository has GGUF files only: {}", listText(models)), where,
                fmt::format("name one of them, such as {}", hubNameText(one)));
  }
  const auto isPickle = [](const std::string& file) {
    return file.starts_with("pytorch_model") && file.ends_with(".bin");
  };
  if (std::ranges::any_of(files, isPickle)) {
    throw Error("the weights are in pytorch_model.bin only, which canvass does not read", where,
                "convert them with transformers (save_pretrained writes safetensors), or choose "
                "another copy of the model");
  }
  throw Error("the repository has no weights that canvass reads (safetensors or GGUF)", where,
              "choose another model");
}

std::vector<std::string> neededParts(const std::vector<std::string>& files, const HubName& name) {
  std::vector<std::string> needed = ggufParts(name.file);
  for (const std::string& part : needed) {
    if (contains(files, part)) continue;
    const auto models = ggufModels(files);
    throw Error(
        fmt::format("the repository has no file {}", part), hubNameText(name),
        models.empty() ? "it has no GGUF file at all" : fmt::format("it has {}", listText(models)));
  }
  return needed;
}

std::optional<std::string> missingWeights(const std::filesystem::path& folder) {
  if (isRegularFile(folder / wholeWeights)) return std::nullopt;
  const auto index = folder / weightIndexFile;
  if (!isRegularFile(index)) return wholeWeights;
  try {
    for (const std::string& shard : shardsIn(readFile(index), index)) {
      if (!isRegularFile(folder / shard)) return shard;
    }
  } catch (const Error&) {
    return weightIndexFile;
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> neededFiles(const std::vector<std::string>& files, const HubName& name) {
  if (!name.file.empty()) return neededParts(files, name);
  std::vector<std::string> needed;
  const auto take = [&](const char* file) {
    if (contains(files, file)) needed.emplace_back(file);
  };
  std::ranges::for_each(companionFiles, take);
  std::ranges::for_each(furtherFiles, take);
  const bool isAdapter = contains(needed, adapterConfig) && contains(needed, adapterWeights);
  if (contains(files, wholeWeights)) {
    needed.emplace_back(wholeWeights);
  } else if (contains(files, weightIndexFile)) {
    needed.emplace_back(weightIndexFile);
  } else if (!isAdapter) {
    failForWeights(files, name);
  }
  if (!isAdapter && !contains(needed, configPart)) {
    throw Error("the repository has no config.json", hubNameText(name), "choose another model");
  }
  return needed;
}

std::vector<std::string> shardsIn(const std::string& index, const std::string& where) {
  const Json json = parseJson(index, where);
  const auto map = json.is_object() ? json.find("weight_map") : json.end();
  if (map == json.end() || !map->is_object()) {
    throw Error("the key \"weight_map\" is missing", where);
  }
  std::set<std::string> shards;
  for (const auto& [tensor, shard] : map->items()) {
    if (!shard.is_string() || !isPlainRelativePath(shard.get<std::string>())) {
      throw Error("\"weight_map\" may hold only file names", where);
    }
    shards.insert(shard.get<std::string>());
  }
  return {shards.begin(), shards.end()};
}

std::optional<std::string> missingPart(const std::filesystem::path& folder, const HubName& name) {
  if (!name.file.empty()) {
    for (const std::string& part : ggufParts(name.file)) {
      if (!isRegularFile(folder / part)) return part;
    }
    return std::nullopt;
  }
  if (isRegularFile(folder / adapterConfig) && isRegularFile(folder / adapterWeights))
    return std::nullopt;
  if (!isRegularFile(folder / configPart)) return configPart;
  if (const auto weights = missingWeights(folder)) return weights;
  const auto isHere = [&](const char* file) { return isRegularFile(folder / file); };
  if (std::ranges::none_of(tokenizers, isHere)) return tokenizers.front();
  return std::nullopt;
}

bool isFirstGgufPart(const std::string& file) {
  const auto numbered = numberedPart(file);
  return file.ends_with(".gguf") && (!numbered || numbered->part == 1);
}

std::vector<std::string> ggufParts(const std::string& file) {
  const auto numbered = numberedPart(file);
  if (!numbered) return {file};
  std::vector<std::string> parts;
  for (int part = 1; part <= numbered->count; ++part) {
    parts.push_back(gguf::partName(numbered->stem, part, numbered->count));
  }
  return parts;
}

}  // namespace canvass
