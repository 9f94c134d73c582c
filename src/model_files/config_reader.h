#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/json.h"

namespace canvass {

// What a number of a configuration may be if nothing narrower is said: products of two counts fit
// into 64 bits, and numbers into the floats that a model computes with.
inline constexpr std::int64_t kMaxCount = 1'000'000'000;
inline constexpr double kMaxNumber = 1e30;

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
  // From -kMaxCount to kMaxCount.
  std::int64_t integer(const char* key);
  std::int64_t positiveInteger(const char* key, std::int64_t most = kMaxCount);
  // From -kMaxNumber to kMaxNumber.
  double number(const char* key);
  double positiveNumber(const char* key, double most = kMaxNumber);
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
  // Throws Error naming the keys that nothing has read, the first ones if they are many.
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
