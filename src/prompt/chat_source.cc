#include "prompt/chat_source.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"

namespace canvass {
namespace {

constexpr const char* kConfigFile = "tokenizer_config.json";

Json readObject(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return Json::object();
  Json json = parseJson(readFile(file), file.string());
  if (!json.is_object()) throw Error("a JSON object was expected", file.string());
  return json;
}

std::string defaultTemplate(const Json& named, const std::string& where) {
  std::string names;
  for (const Json& entry : named) {
    const auto name = requireKey<std::string>(entry, "name", where);
    if (name == "default") return requireKey<std::string>(entry, "template", where);
    names += (names.empty() ? "" : ", ") + name;
  }
  throw Error("chat_template has no template named 'default', only: " + names, where,
              "save the one to use as a file and name it as the chat format");
}

// A token is written as its text or as an object with its text as "content".
std::optional<std::string> tokenText(const Json& json, const char* key, const std::string& where) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return std::nullopt;
  if (found->is_object()) return requireKey<std::string>(*found, "content", where);
  return requireKey<std::string>(json, key, where);
}

}  // namespace

std::optional<ChatSource> chatSourceOf(const std::filesystem::path& modelFolder) {
  const auto file = modelFolder / "chat_template.jinja";
  if (std::filesystem::exists(file)) return ChatSource{readFile(file), file.string()};
  const std::string where = (modelFolder / kConfigFile).string();
  const Json config = readObject(modelFolder / kConfigFile);
  const auto found = config.find("chat_template");
  if (found == config.end() || found->is_null()) return std::nullopt;
  if (found->is_array()) return ChatSource{defaultTemplate(*found, where), where};
  return ChatSource{requireKey<std::string>(config, "chat_template", where),
                    where + ", chat_template"};
}

SpecialTokenTexts specialTokensOf(const std::filesystem::path& modelFolder) {
  const auto configFile = modelFolder / kConfigFile;
  const auto mapFile = modelFolder / "special_tokens_map.json";
  const Json config = readObject(configFile);
  const Json map = readObject(mapFile);
  const auto find = [&](const char* key) {
    if (auto text = tokenText(config, key, configFile.string())) return *text;
    return tokenText(map, key, mapFile.string()).value_or("");
  };
  return {find("bos_token"), find("eos_token"), find("unk_token"), find("pad_token")};
}

}  // namespace canvass
