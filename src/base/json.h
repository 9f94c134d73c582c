#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace canvass {

// Keeps the order of keys, as a file's writer meant it.
using Json = nlohmann::ordered_json;

// Lists and objects in one another, of any file that canvass reads: more would exhaust the stack of
// what walks through them.
constexpr int deepestJson = 64;
// Keys of one object: each is compared with those before it.
constexpr std::size_t largestJsonObject = 50'000;

// Parses one JSON value from well-formed UTF-8. Throws Error at `where` on bad UTF-8, bad syntax,
// nesting deeper than deepestJson, an object larger than largestJsonObject or a key that appears
// twice in one object (a DOM would silently keep the last).
Json parseJson(std::string_view text, const std::string& where);

// The same, with nothing where parseJson would throw: for a first look at what may not be JSON.
std::optional<Json> jsonIfValid(std::string_view text);

// As text to be written: with `indent`, on lines of their own, indented by so many blanks; without,
// on one line. In what is not UTF-8, as the name of a file may be, U+FFFD stands for each odd byte.
std::string jsonText(const Json& json, int indent = -1);

// Typed access that names the key: throws Error at `where` if `key` is missing from `object` or its
// value has another type. Defined for std::string, double, bool, std::int64_t,
// std::vector<std::string> and std::vector<double>.
template <typename T>
T requireKey(const Json& object, const char* key, const std::string& where);

// As requireKey, but an absent or null key gives `otherwise`; a value of another type is an Error.
template <typename T>
T optionalKey(const Json& object, const char* key, T otherwise, const std::string& where);

}  // namespace canvass
