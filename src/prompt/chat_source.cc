#include "prompt/chat_source.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/json.h"

namespace canvass {
namespace {

constexpr const char* kConfigFile = "tokenizer_config.json";

const Json& objectOf(const ModelFiles& model, const char* file) {
  static const Json nothing = Json::object();
  if (!model.has(file)) return nothing;
  const Json& json = model.json(file);
  if (!json.is_object()) throw Error("a JSON object was expected", model.describe(file));
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

std::optional<ChatSource> chatSourceOf(const ModelFiles& model) {
  constexpr const char* file = "chat_template.jinja";
  if (model.has(file)) return ChatSource{model.read(file), model.describe(file)};
  const std::string where = model.describe(kConfigFile);
  const Json& config = objectOf(model, kConfigFile);
  const auto found = config.find("chat_template");
  if (found == config.end() || found->is_null()) return std::nullopt;
  if (found->is_array()) return ChatSource{defaultTemplate(*found, where), where};
  return ChatSource{requireKey<std::string>(config, "chat_template", where),
                    where + ", chat_template"};
}

SpecialTokenTexts specialTokensOf(const ModelFiles& model) {
  constexpr const char* mapFile = "special_tokens_map.json";
  const Json& config = objectOf(model, kConfigFile);
  const Json& map = objectOf(model, mapFile);
  const auto find = [&](const char* key) {
    if (auto text = tokenText(config, key, model.describe(kConfigFile))) return *text;
    return tokenText(map, key, model.describe(mapFile)).value_or("");
  };
  return {find("bos_token"), find("eos_token"), find("unk_token"), find("pad_token")};
}

}  // namespace canvass
