#include "model_files/gguf/config.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "model_files/gguf/families.h"

namespace canvass::gguf {
namespace {

const Family& familyOf(const Metadata& metadata) {
  constexpr const char* key = "general.architecture";
  const std::string name = metadata.text(key);
  std::vector<std::string> known;
  for (const Family& one : families()) {
    if (name == one.name) return one;
    known.emplace_back(one.name);
  }
  metadata.fail(key, fmt::format("the architecture \"{}\" is not known (known: {})", name,
                                 fmt::join(known, ", ")));
}

void addTokens(const Metadata& metadata, Json& config) {
  constexpr std::pair<const char*, const char*> keys[] = {
      {"tokenizer.ggml.bos_token_id", "bos_token_id"},
      {"tokenizer.ggml.eos_token_id", "eos_token_id"},
  };
  for (const auto& [key, name] : keys) {
    if (metadata.has(key)) config[name] = metadata.integer(key);
  }
  // Where a turn ends, if that is another token than the end of a text.
  constexpr const char* endOfTurn = "tokenizer.ggml.eot_token_id";
  if (metadata.has(endOfTurn) && config.contains("eos_token_id")) {
    config["eos_token_id"] = {config["eos_token_id"], metadata.integer(endOfTurn)};
  }
}

}  // namespace

Json configOf(const GgufFile& file, const std::string& where) {
  const Metadata& metadata = file.metadata();
  const Family& family = familyOf(metadata);
  ArchitectureKeys keys(metadata, family.name);
  Reading reading{file, keys};
  Json config = family.read(reading);
  config["model_type"] = family.modelType;
  addTokens(metadata, config);
  keys.requireAllRead(where);
  return config;
}

}  // namespace canvass::gguf
