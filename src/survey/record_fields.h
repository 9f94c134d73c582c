#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/json_count.h"
#include "survey/jsonl.h"

// Records of canvass's own files as tables of their fields. A file's writer, its reader and the
// check for unknown keys go by the same table, and a test compares docs/file-forms.md with it.
namespace canvass {

template <typename Record>
struct Field {
  const char* key;
  // Sets the key, or leaves it out if the record has nothing for it.
  void (*write)(const Record& record, const char* key, Json& object);
  // Throws Error at `where` if the key is missing but required, or its value has another type.
  void (*read)(const Json& object, const char* key, const std::string& where, Record& record);
};

// In the order in which they are written, and then read.
template <typename Record>
using Fields = std::span<const Field<Record>>;

template <typename Record>
void writeRecord(std::type_identity_t<Fields<Record>> fields, const Record& record, Json& object) {
  for (const Field<Record>& field : fields) field.write(record, field.key, object);
}

// Throws Error at `where` if the object has a key that is neither a field's nor among `others`.
template <typename Record>
void readRecord(std::type_identity_t<Fields<Record>> fields, const Json& object,
                const std::string& where, Record& record,
                std::span<const std::string_view> others = {}) {
  std::vector<std::string_view> known(others.begin(), others.end());
  for (const Field<Record>& field : fields) known.push_back(field.key);
  rejectUnknownKeys(object, known, where);
  for (const Field<Record>& field : fields) field.read(object, field.key, where, record);
}

template <typename Record, auto member>
using MemberType = std::remove_cvref_t<decltype(std::declval<Record&>().*member)>;

// A member that requireKey knows how to read.
template <typename Record, auto member>
constexpr Field<Record> requiredField(const char* key) {
  return {
      key,
      [](const Record& record, const char* name, Json& object) { object[name] = record.*member; },
      [](const Json& object, const char* name, const std::string& where, Record& record) {
        record.*member = requireKey<MemberType<Record, member>>(object, name, where);
      }};
}

// A text or a list that is left out if it is empty; absent or null, it is empty.
template <typename Record, auto member>
constexpr Field<Record> optionalField(const char* key) {
  return {key,
          [](const Record& record, const char* name, Json& object) {
            if (!(record.*member).empty()) object[name] = record.*member;
          },
          [](const Json& object, const char* name, const std::string& where, Record& record) {
            record.*member = optionalKey<MemberType<Record, member>>(object, name, {}, where);
          }};
}

// A std::optional; an absent or null key is none.
template <typename Record, auto member>
constexpr Field<Record> fieldIfGiven(const char* key) {
  return {key,
          [](const Record& record, const char* name, Json& object) {
            if (record.*member) object[name] = *(record.*member);
          },
          [](const Json& object, const char* name, const std::string& where, Record& record) {
            const auto found = object.find(name);
            if (found == object.end() || found->is_null()) return;
            using Value = typename MemberType<Record, member>::value_type;
            record.*member = requireKey<Value>(object, name, where);
          }};
}

// A std::size_t.
template <typename Record, auto member>
constexpr Field<Record> countField(const char* key) {
  return {
      key,
      [](const Record& record, const char* name, Json& object) { object[name] = record.*member; },
      [](const Json& object, const char* name, const std::string& where, Record& record) {
        record.*member = requireCount(object, name, where);
      }};
}

// A std::vector of records, `fields` of each; at least an empty list is required.
template <typename Record, auto member, auto fields>
constexpr Field<Record> listField(const char* key) {
  using Element = typename MemberType<Record, member>::value_type;
  return {key,
          [](const Record& record, const char* name, Json& object) {
            object[name] = Json::array();
            for (const Element& one : record.*member) {
              writeRecord<Element>(fields(), one, object[name].emplace_back(Json::object()));
            }
          },
          [](const Json& object, const char* name, const std::string& where, Record& record) {
            for (const Json& one : requireList(object, name, where)) {
              readRecord<Element>(fields(), one, where, (record.*member).emplace_back());
            }
          }};
}

}  // namespace canvass
