#include "base/json.h"

#include <fmt/format.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <vector>

#include "base/error.h"
#include "base/utf8.h"

namespace canvass {
namespace {

// Watches the parse for deep nesting and for repeated keys: one set of seen keys for each object
// that is open.
class ParseWatch {
 public:
  explicit ParseWatch(const std::string& where) : where_(where) {}

  bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
    const bool opens =
        event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start;
    if (opens && depth >= deepestJson) {
      throw Error(fmt::format("lists and objects are nested more than {} deep", deepestJson),
                  where_);
    }
    if (event == Json::parse_event_t::object_start) {
      open_.emplace_back();
    } else if (event == Json::parse_event_t::object_end) {
      open_.pop_back();
    } else if (event == Json::parse_event_t::key) {
      seeKey(parsed.get<std::string>());
    }
    return true;
  }
  const std::optional<std::string>& found() const { return found_; }

 private:
  void seeKey(const std::string& key) {
    std::set<std::string>& keys = open_.back();
    if (keys.size() == largestJsonObject) {
      throw Error(fmt::format("an object has more than {} keys", largestJsonObject), where_);
    }
    if (!keys.insert(key).second && !found_) found_ = key;
  }

  const std::string& where_;
  std::vector<std::set<std::string>> open_;
  std::optional<std::string> found_;
};

bool read(const Json& value, std::string& out) {
  if (!value.is_string()) return false;
  out = value.get<std::string>();
  return true;
}

bool read(const Json& value, double& out) {
  if (!value.is_number()) return false;
  out = value.get<double>();
  return true;
}

bool read(const Json& value, bool& out) {
  if (!value.is_boolean()) return false;
  out = value.get<bool>();
  return true;
}

bool read(const Json& value, std::int64_t& out) {
  if (!value.is_number_integer()) return false;
  out = value.get<std::int64_t>();
  return true;
}

template <typename T>
bool read(const Json& value, std::vector<T>& out) {
  if (!value.is_array()) return false;
  for (const Json& element : value) {
    if (!read(element, out.emplace_back())) return false;
  }
  return true;
}

template <typename T>
const char* kindName() {
  if constexpr (std::is_same_v<T, std::string>) return "a string";
  if constexpr (std::is_same_v<T, double>) return "a number";
  if constexpr (std::is_same_v<T, bool>) return "true or false";
  if constexpr (std::is_same_v<T, std::int64_t>) return "a whole number";
  if constexpr (std::is_same_v<T, std::vector<std::string>>) return "a list of strings";
  if constexpr (std::is_same_v<T, std::vector<double>>) return "a list of numbers";
  if constexpr (std::is_same_v<T, std::vector<std::int64_t>>) return "a list of whole numbers";
}

template <typename T>
T readKey(const Json& value, const char* key, const std::string& where) {
  T out{};
  if (!read(value, out)) throw Error(fmt::format("\"{}\" must be {}", key, kindName<T>()), where);
  return out;
}

}  // namespace

Json parseJson(std::string_view text, const std::string& where) {
  requireUtf8(text, where);
  ParseWatch watch(where);
  Json value;
  try {
    value = Json::parse(text, std::ref(watch));
  } catch (const Json::parse_error& error) {
    throw Error(fmt::format("not valid JSON at byte {}", error.byte), where);
  } catch (const Json::out_of_range&) {
    throw Error("a number is too large", where);
  }
  if (watch.found()) {
    throw Error(fmt::format("the key \"{}\" appears twice in one object", *watch.found()), where);
  }
  return value;
}

std::optional<Json> jsonIfValid(std::string_view text) {
  try {
    return parseJson(text, {});
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string jsonText(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

template <typename T>
T requireKey(const Json& object, const char* key, const std::string& where) {
  if (!object.is_object()) throw Error("a JSON object was expected", where);
  const auto found = object.find(key);
  if (found == object.end()) throw Error(fmt::format("the key \"{}\" is missing", key), where);
  return readKey<T>(*found, key, where);
}

template <typename T>
T optionalKey(const Json& object, const char* key, T otherwise, const std::string& where) {
  if (!object.is_object()) throw Error("a JSON object was expected", where);
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return otherwise;
  return readKey<T>(*found, key, where);
}

#define CANVASS_JSON_KIND(T)                                              \
  template T requireKey<T>(const Json&, const char*, const std::string&); \
  template T optionalKey<T>(const Json&, const char*, T, const std::string&)
CANVASS_JSON_KIND(std::string);
CANVASS_JSON_KIND(double);
CANVASS_JSON_KIND(bool);
CANVASS_JSON_KIND(std::int64_t);
CANVASS_JSON_KIND(std::vector<std::string>);
CANVASS_JSON_KIND(std::vector<double>);
CANVASS_JSON_KIND(std::vector<std::int64_t>);
#undef CANVASS_JSON_KIND

}  // namespace canvass
