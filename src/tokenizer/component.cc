#include "tokenizer/component.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/error.h"

namespace canvass {

std::string componentType(const Json& component, const std::string& where) {
  return requireKey<std::string>(component, "type", where);
}

void refuseUnknownSettings(const Json& component, std::initializer_list<const char*> known,
                           const std::string& where) {
  for (const auto& [key, value] : component.items()) {
    const auto isKey = [&name = key](std::string_view candidate) { return candidate == name; };
    if (key != "type" && std::none_of(known.begin(), known.end(), isKey)) {
      throw Error(fmt::format("the setting \"{}\" is not supported", key), where);
    }
  }
}

std::vector<std::pair<const Json*, std::string>> componentList(const Json& component,
                                                               const char* key,
                                                               const std::string& where) {
  const Json& list = requireMember(component, key, where);
  if (!list.is_array()) throw Error(fmt::format("\"{}\" must be a list", key), where);
  std::vector<std::pair<const Json*, std::string>> components;
  for (std::size_t i = 0; i < list.size(); ++i) {
    components.emplace_back(&list[i], fmt::format("{} {}", where, i + 1));
  }
  return components;
}

const Json& requireMember(const Json& component, const char* key, const std::string& where) {
  if (!component.is_object()) throw Error("a JSON object was expected", where);
  const auto found = component.find(key);
  if (found == component.end()) throw Error(fmt::format("the key \"{}\" is missing", key), where);
  return *found;
}

bool isNull(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null();
}

}  // namespace canvass
