#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"

namespace canvass {

// Reads the keys of one JSON object and remembers which were read, so that a key nobody read is an
// error and not a silent default. A null value counts as absent.
class ConfigReader {
 public:
  ConfigReader(Json object, std::string where);

  bool has(const char* key) const;
  // Throws Error if the key is absent; null will do.
  void requireMention(const char* key) const;
  std::string text(const char* key);
  bool boolean(const char* key);
  std::int64_t integer(const char* key);
  std::int64_t positiveInteger(const char* key);
  double number(const char* key);
  double positiveNumber(const char* key);
  std::vector<double> positiveNumbers(const char* key);
  // Both empty if absent.
  std::vector<std::string> texts(const char* key);
  std::vector<std::int64_t> integers(const char* key);
  // The same, or one text in which `separator` separates them.
  std::vector<std::string> textsOrJoined(const char* key, char separator);
  ConfigReader object(const char* key);

  // The value that an absent key means in this kind of file.
  void supply(const char* key, Json value);
  void clear(const char* key);
  void ignore(const char* key) { read_.insert(key); }

  // Throws Error if the key is absent or has another value.
  void requireValue(const char* key, const Json& value);
  void requireValueIfPresent(const char* key, const Json& value);
  // Throws Error if the key has a value.
  void requireNothing(const char* key);
  // Throws Error naming the keys that nothing has read.
  void requireAllRead() const;

  [[noreturn]] void fail(const std::string& fault) const;

 private:
  template <typename T>
  T take(const char* key);

  Json object_;
  std::string where_;
  std::set<std::string> read_;
};

// Of a model's config.json: the keys that say nothing about the forward pass (files, ids,
// generation, initialization).
void ignoreHarmlessKeys(ConfigReader& config);

}  // namespace canvass
