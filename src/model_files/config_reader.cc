#include "model_files/config_reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

#include "base/error.h"
#include "base/list_text.h"

namespace canvass {
namespace {

constexpr const char* harmlessKeys[] = {"_name_or_path",
                                        "_model_name_or_path",
                                        "_commit_hash",
                                        "_attn_implementation",
                                        "_attn_implementation_autoset",
                                        "architectures",
                                        "model_type",
                                        "torch_dtype",
                                        "dtype",
                                        "transformers_version",
                                        "use_cache",
                                        "bos_token_id",
                                        "eos_token_id",
                                        "pad_token_id",
                                        "unk_token_id",
                                        "initializer_range",
                                        "pretraining_tp",
                                        "is_llama_config",
                                        "auto_map",
                                        "task_specific_params",
                                        "output_attentions",
                                        "output_hidden_states",
                                        "return_dict",
                                        "chunk_size_feed_forward",
                                        "is_encoder_decoder",
                                        "id2label",
                                        "label2id",
                                        "problem_type",
                                        "transformers.js_config",
                                        "unsloth_fixed",
                                        "unsloth_version",
                                        "tokenizer_class",
                                        "max_length",
                                        "max_sequence_length"};

}  // namespace

ConfigReader::ConfigReader(Json object, std::string where)
    : object_(std::move(object)), where_(std::move(where)) {
  if (!object_.is_object()) fail("a JSON object was expected");
}

void ConfigReader::fail(const std::string& fault) const { throw Error(fault, where_); }

bool ConfigReader::has(const char* key) const {
  const auto found = object_.find(key);
  return found != object_.end() && !found->is_null();
}

void ConfigReader::requireMention(const char* key) const {
  if (!object_.contains(key)) fail(fmt::format("the key \"{}\" is missing", key));
}

template <typename T>
T ConfigReader::take(const char* key) {
  read_.insert(key);
  return requireKey<T>(object_, key, where_);
}

std::string ConfigReader::text(const char* key) { return take<std::string>(key); }
bool ConfigReader::boolean(const char* key) { return take<bool>(key); }

std::int64_t ConfigReader::integer(const char* key) {
  const auto value = take<std::int64_t>(key);
  if (value < -kMaxCount || value > kMaxCount) {
    fail(fmt::format("\"{}\" must be between -{} and {}", key, kMaxCount, kMaxCount));
  }
  return value;
}

double ConfigReader::number(const char* key) {
  const auto value = take<double>(key);
  if (!(std::abs(value) <= kMaxNumber)) {
    fail(fmt::format("\"{}\" must be between -{} and {}", key, kMaxNumber, kMaxNumber));
  }
  return value;
}

std::int64_t ConfigReader::positiveInteger(const char* key, std::int64_t most) {
  const auto value = take<std::int64_t>(key);
  if (value <= 0 || value > most) {
    fail(fmt::format("\"{}\" must be above 0 and at most {}", key, most));
  }
  return value;
}

double ConfigReader::positiveNumber(const char* key, double most) {
  const auto value = take<double>(key);
  if (!(value > 0.0 && value <= most)) {
    fail(fmt::format("\"{}\" must be above 0 and at most {}", key, most));
  }
  return value;
}

std::vector<double> ConfigReader::positiveNumbers(const char* key) {
  const auto values = take<std::vector<double>>(key);
  for (const double value : values) {
    if (!(value > 0.0 && value <= kMaxNumber)) {
      fail(fmt::format("the numbers of \"{}\" must be above 0 and at most {}", key, kMaxNumber));
    }
  }
  return values;
}

std::vector<std::int64_t> ConfigReader::integers(const char* key) {
  read_.insert(key);
  return optionalKey<std::vector<std::int64_t>>(object_, key, {}, where_);
}

std::vector<std::string> ConfigReader::texts(const char* key) {
  read_.insert(key);
  return optionalKey<std::vector<std::string>>(object_, key, {}, where_);
}

std::vector<std::string> ConfigReader::textsOrJoined(const char* key, char separator) {
  if (!has(key) || !object_[key].is_string()) return texts(key);
  std::vector<std::string> parts;
  std::istringstream joined(text(key));
  for (std::string part; std::getline(joined, part, separator);) parts.push_back(part);
  return parts;
}

ConfigReader ConfigReader::object(const char* key) {
  read_.insert(key);
  if (!has(key)) fail(fmt::format("the key \"{}\" is missing", key));
  return {object_[key], fmt::format("{}, \"{}\"", where_, key)};
}

void ConfigReader::supply(const char* key, Json value) {
  if (!has(key)) object_[key] = std::move(value);
}

void ConfigReader::clear(const char* key) { object_.erase(key); }

void ConfigReader::requireValue(const char* key, const Json& value) {
  if (!has(key)) fail(fmt::format("the key \"{}\" is missing", key));
  requireValueIfPresent(key, value);
}

void ConfigReader::requireValueIfPresent(const char* key, const Json& value) {
  read_.insert(key);
  if (has(key) && object_[key] != value) {
    fail(fmt::format("\"{}\": {} is not implemented, only {}", key, object_[key].dump(),
                     value.dump()));
  }
}

void ConfigReader::requireNothing(const char* key) {
  read_.insert(key);
  if (has(key)) fail(fmt::format("\"{}\" is not implemented for this architecture", key));
}

void ConfigReader::requireAllRead() const {
  std::vector<std::string> unread;
  for (const auto& [key, value] : object_.items()) {
    if (!value.is_null() && !read_.contains(key)) unread.push_back(key);
  }
  if (unread.empty()) return;
  const std::size_t more = unread.size() - std::min(unread.size(), namesToList);
  unread.resize(unread.size() - more);
  throw Error(fmt::format("the keys {}{} are not understood", fmt::join(unread, ", "),
                          more == 0 ? "" : fmt::format(" and {} more", grouped(more))),
              where_, "if they do not change what the model computes, remove them from the file");
}

void ignoreHarmlessKeys(ConfigReader& config) {
  for (const char* key : harmlessKeys) config.ignore(key);
}

}  // namespace canvass
