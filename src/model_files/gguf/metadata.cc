#include "model_files/gguf/metadata.h"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "base/error.h"
#include "base/utf8.h"
#include "model_files/gguf/cursor.h"

namespace canvass::gguf {
namespace {

// Kinds of values, by their number in the file.
enum ValueKind : std::uint32_t {
  kUint8,
  kInt8,
  kUint16,
  kInt16,
  kUint32,
  kInt32,
  kFloat32,
  kBoolean,
  kText,
  kList,
  kUint64,
  kInt64,
  kFloat64,
};

std::string placeOf(const std::string& where, std::string_view key) {
  return fmt::format("{}, key \"{}\"", where, key);
}

}  // namespace

Metadata::Value Metadata::readValue(Cursor& cursor, std::uint32_t kind, std::string_view key) {
  const auto whole = [](auto value) { return Value(static_cast<std::int64_t>(value)); };
  switch (kind) {
    case kUint8:
      return whole(cursor.number<std::uint8_t>());
    case kInt8:
      return whole(cursor.number<std::int8_t>());
    case kUint16:
      return whole(cursor.number<std::uint16_t>());
    case kInt16:
      return whole(cursor.number<std::int16_t>());
    case kUint32:
      return whole(cursor.number<std::uint32_t>());
    case kInt32:
      return whole(cursor.number<std::int32_t>());
    case kInt64:
      return whole(cursor.number<std::int64_t>());
    case kFloat32:
      return static_cast<double>(cursor.number<float>());
    case kFloat64:
      return cursor.number<double>();
    case kBoolean:
      return cursor.number<std::uint8_t>() != 0;
    case kText:
      return cursor.text();
    case kUint64:
      break;
    case kList:
      throw Error("a list inside a list is not allowed", placeOf(cursor.where(), key));
    default:
      throw Error(fmt::format("there is no kind of value with the number {}", kind),
                  placeOf(cursor.where(), key), "the file is damaged; download it again");
  }
  const auto value = cursor.number<std::uint64_t>();
  if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    throw Error(fmt::format("{} is too large", value), placeOf(cursor.where(), key));
  }
  return whole(value);
}

Metadata::List Metadata::readList(Cursor& cursor, std::string_view key) {
  const auto kind = cursor.number<std::uint32_t>();
  const std::uint64_t count = cursor.count();
  Cursor elements = cursor;
  const std::size_t begin = cursor.position();
  // Every element takes a byte at least, so that a huge count soon runs past the end of the file.
  for (std::uint64_t i = 0; i < count; ++i) readValue(cursor, kind, key);
  return {kind, count, elements.take(cursor.position() - begin)};
}

Metadata::Metadata(Cursor& cursor, std::uint64_t count)
    : version_(cursor.version()), where_(cursor.where()) {
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::string_view key = cursor.text();
    if (key.empty()) throw Error(fmt::format("key {} is empty", i + 1), where_);
    const auto kind = cursor.number<std::uint32_t>();
    const bool added = kind == kList ? values_.emplace(key, readList(cursor, key)).second
                                     : values_.emplace(key, readValue(cursor, kind, key)).second;
    if (!added) throw Error("the key is there twice", placeOf(where_, key));
  }
}

void Metadata::fail(std::string_view key, const std::string& fault) const {
  throw Error(fault, placeOf(where_, key));
}

const Metadata::ValueOrList& Metadata::find(std::string_view key) const {
  const auto found = values_.find(key);
  if (found == values_.end()) {
    throw Error(fmt::format("the key \"{}\" is missing", key), where_);
  }
  return found->second;
}

template <typename T>
const T& Metadata::scalar(std::string_view key, const char* kind) const {
  const auto* value = std::get_if<Value>(&find(key));
  const T* typed = value == nullptr ? nullptr : std::get_if<T>(value);
  if (typed == nullptr) fail(key, fmt::format("the value is not {}", kind));
  return *typed;
}

template <typename T>
std::vector<T> Metadata::list(std::string_view key, const char* kind) const {
  const auto* list = std::get_if<List>(&find(key));
  if (list == nullptr) fail(key, "the value is not a list");
  Cursor cursor(list->bytes, where_);
  cursor.setVersion(version_);
  std::vector<T> elements;
  elements.reserve(list->count);
  for (std::uint64_t i = 0; i < list->count; ++i) {
    const Value value = readValue(cursor, list->kind, key);
    const T* typed = std::get_if<T>(&value);
    if (typed == nullptr) fail(key, fmt::format("an element is not {}", kind));
    elements.push_back(*typed);
  }
  return elements;
}

std::string Metadata::text(std::string_view key) const {
  const auto text = scalar<std::string_view>(key, "a text");
  if (findInvalidUtf8(text)) fail(key, "the text is not UTF-8");
  return std::string(text);
}
bool Metadata::boolean(std::string_view key) const { return scalar<bool>(key, "true or false"); }
std::int64_t Metadata::integer(std::string_view key) const {
  return scalar<std::int64_t>(key, "a whole number");
}

double Metadata::number(std::string_view key) const {
  const auto* value = std::get_if<Value>(&find(key));
  if (value != nullptr && std::holds_alternative<std::int64_t>(*value)) {
    return static_cast<double>(std::get<std::int64_t>(*value));
  }
  return scalar<double>(key, "a number");
}

std::vector<std::string_view> Metadata::texts(std::string_view key) const {
  auto texts = list<std::string_view>(key, "a text");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (findInvalidUtf8(texts[i])) fail(key, fmt::format("element {} is not UTF-8", i));
  }
  return texts;
}
std::vector<std::int64_t> Metadata::integers(std::string_view key) const {
  return list<std::int64_t>(key, "a whole number");
}
std::vector<double> Metadata::numbers(std::string_view key) const {
  return list<double>(key, "a number");
}
bool Metadata::isList(std::string_view key) const {
  return std::holds_alternative<List>(find(key));
}

std::int64_t Metadata::sameForAllLayers(std::string_view key) const {
  if (!isList(key)) return integer(key);
  const auto values = integers(key);
  const std::set<std::int64_t> distinct(values.begin(), values.end());
  if (distinct.size() != 1) fail(key, "layers of different sizes are not implemented");
  return *distinct.begin();
}

std::vector<std::string> Metadata::keys(std::string_view prefix) const {
  std::vector<std::string> found;
  for (auto it = values_.lower_bound(prefix); it != values_.end() && it->first.starts_with(prefix);
       ++it) {
    found.emplace_back(it->first);
  }
  return found;
}

}  // namespace canvass::gguf
