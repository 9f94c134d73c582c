#pragma once

#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace canvass {

// Helpers for the parts of a tokenizer.json: objects with a "type" and settings of their own.

// The "type" of a component.
std::string componentType(const Json& component, const std::string& where);

// Throws Error at `where` for a setting that is neither "type" nor among `known`: an unknown
// setting may change the tokens.
void refuseUnknownSettings(const Json& component, std::initializer_list<const char*> known,
                           const std::string& where);

// The list under `key` of a Sequence, each element with its location for messages.
std::vector<std::pair<const Json*, std::string>> componentList(const Json& component,
                                                               const char* key,
                                                               const std::string& where);

// The value under `key`, null included; throws Error at `where` if the key is missing.
const Json& requireMember(const Json& component, const char* key, const std::string& where);

// Null, or absent.
bool isNull(const Json& object, const char* key);

}  // namespace canvass
