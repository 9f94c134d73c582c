#include "jinja/value.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"
#include "jinja/budget.h"
#include "jinja/operators.h"
#include "jinja/source.h"

namespace canvass::jinja {
namespace {

std::vector<Value> charactersOf(const std::string& text) {
  spend(kStepsOfItem * text.size());
  std::vector<Value> characters;
  for (const char32_t codePoint : decodeUtf8(text)) {
    std::string character;
    appendUtf8(character, codePoint);
    characters.emplace_back(std::move(character));
  }
  return characters;
}

std::vector<Value> keysOf(const Mapping& mapping) {
  std::vector<Value> keys;
  for (const auto& [key, value] : mapping.entries) {
    spend(kStepsOfItem);
    spendOnCopy(key);
    keys.push_back(key);
  }
  return keys;
}

std::vector<Value> walk(const std::shared_ptr<Sequence>& sequence) {
  const bool generates = sequence->kind == Sequence::Kind::generator;
  if (generates && std::exchange(sequence->spent, true)) return {};
  spend(kStepsOfItem * sequence->items.size());
  for (const Value& item : sequence->items) spendOnCopy(item);
  return sequence->items;
}

const char* sequenceName(Sequence::Kind kind) {
  switch (kind) {
    case Sequence::Kind::list:
      return "list";
    case Sequence::Kind::tuple:
      return "tuple";
    case Sequence::Kind::view:
      return "dict view";
    case Sequence::Kind::range:
      return "range";
    case Sequence::Kind::generator:
      return "generator";
  }
  return "sequence";
}

const char* mappingName(Mapping::Kind kind) {
  switch (kind) {
    case Mapping::Kind::dictionary:
      return "dict";
    case Mapping::Kind::nameSpace:
      return "namespace";
    case Mapping::Kind::loop:
      return "loop";
  }
  return "mapping";
}

// Of a value with this one inside.
int depthAround(const Value& value) {
  const Sequence* sequence = value.sequence();
  const Mapping* mapping = value.mapping();
  const int depth = 1 + (sequence ? sequence->depth : mapping ? mapping->depth : 0);
  if (depth > kMaxValueDepth) throw Failure{"values are nested too deeply"};
  return depth;
}

bool isMutable(const Value& value) {
  if (const Sequence* sequence = value.sequence()) return sequence->holdsMutable;
  if (const Callable* callable = value.callable()) return callable->holdsMutable;
  const Mapping* mapping = value.mapping();
  return mapping != nullptr &&
         (mapping->kind != Mapping::Kind::dictionary || mapping->holdsMutable);
}

Value fromJsonArray(const Json& json) {
  std::vector<Value> items;
  for (const Json& element : json) items.push_back(fromJson(element));
  return makeList(std::move(items));
}

Value fromJsonObject(const Json& json) {
  Value object = makeMapping(Mapping::Kind::dictionary);
  for (const auto& [key, element] : json.items()) object.mapping()->set(key, fromJson(element));
  return object;
}

}  // namespace

const Value* Mapping::find(const Value& key) const {
  for (const auto& [name, value] : entries) {
    if (equals(name, key)) return &value;
  }
  return nullptr;
}

void Mapping::set(const Value& key, Value value) {
  depth = std::max(depth, depthAround(value));
  holdsMutable = holdsMutable || isMutable(value);
  for (auto& [name, old] : entries) {
    if (equals(name, key)) {
      old = std::move(value);
      return;
    }
  }
  entries.emplace_back(key, std::move(value));
}

const Sequence* Value::sequence() const {
  const auto* pointer = as<std::shared_ptr<Sequence>>();
  return pointer == nullptr ? nullptr : pointer->get();
}

const Sequence* Value::sequence(Sequence::Kind kind) const {
  const Sequence* found = sequence();
  return found != nullptr && found->kind == kind ? found : nullptr;
}

Mapping* Value::mapping() const {
  const auto* pointer = as<std::shared_ptr<Mapping>>();
  return pointer == nullptr ? nullptr : pointer->get();
}

Mapping* Value::mapping(Mapping::Kind kind) const {
  Mapping* found = mapping();
  return found != nullptr && found->kind == kind ? found : nullptr;
}

const Callable* Value::callable() const {
  const auto* pointer = as<std::shared_ptr<Callable>>();
  return pointer == nullptr ? nullptr : pointer->get();
}

bool Value::isNumber() const { return is<bool>() || is<std::int64_t>() || is<double>(); }

Value makeSequence(Sequence::Kind kind, std::vector<Value> items) {
  requireListSize(items.size());
  spend(kStepsOfItem * items.size());
  int depth = 1;
  bool holdsMutable = false;
  for (const Value& item : items) {
    spendOnCopy(item);
    depth = std::max(depth, depthAround(item));
    holdsMutable = holdsMutable || isMutable(item);
  }
  return std::make_shared<Sequence>(Sequence{kind, std::move(items), false, depth, holdsMutable});
}

Value makeMapping(Mapping::Kind kind) { return std::make_shared<Mapping>(Mapping{kind, {}}); }

void checkNamespaceEntry(const Value& name, const Value& value) {
  const auto* text = name.as<std::string>();
  if (text != nullptr && text->starts_with('_')) {
    throw Failure{"the name of a namespace's attribute must not begin with '_'"};
  }
  if (isMutable(value)) throw Failure{"a namespace cannot hold a namespace or a loop"};
}

Value makeCallable(std::string name, std::function<Value(const Arguments&)> call,
                   bool holdsMutable) {
  return std::make_shared<Callable>(Callable{std::move(name), std::move(call), holdsMutable});
}

Value fromJson(const Json& json) {
  if (json.is_null()) return None{};
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_unsigned() && json.get<std::uint64_t>() > INT64_MAX) {
    throw Error("the integer " + json.dump() + " does not fit into 64 bits", "",
                "give the chat template a string or a smaller number");
  }
  if (json.is_number_integer()) return json.get<std::int64_t>();
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  return json.is_array() ? fromJsonArray(json) : fromJsonObject(json);
}

std::string typeName(const Value& value) {
  if (value.is<Undefined>()) return "an undefined value";
  if (value.is<None>()) return "None";
  if (value.is<bool>()) return "bool";
  if (value.is<std::int64_t>()) return "int";
  if (value.is<double>()) return "float";
  if (value.is<std::string>()) return "str";
  if (value.is<SafeText>()) return "text marked safe";
  if (const Sequence* sequence = value.sequence()) return sequenceName(sequence->kind);
  if (const Mapping* mapping = value.mapping()) return mappingName(mapping->kind);
  return "function";
}

bool isTrue(const Value& value) {
  if (value.is<Undefined>() || value.is<None>()) return false;
  if (const bool* truth = value.as<bool>()) return *truth;
  if (const auto* number = value.as<std::int64_t>()) return *number != 0;
  if (const double* number = value.as<double>()) return *number != 0.0;
  if (const auto* text = value.as<std::string>()) return !text->empty();
  if (const auto* safe = value.as<SafeText>()) return !safe->text.empty();
  if (const Sequence* sequence = value.sequence()) {
    return sequence->kind == Sequence::Kind::generator || !sequence->items.empty();
  }
  const Mapping* dictionary = value.mapping(Mapping::Kind::dictionary);
  return dictionary == nullptr || !dictionary->entries.empty();
}

std::vector<Value> elementsOf(const Value& value) {
  if (value.is<Undefined>()) return {};
  if (const auto* text = value.as<std::string>()) return charactersOf(*text);
  if (const auto* sequence = value.as<std::shared_ptr<Sequence>>()) return walk(*sequence);
  if (const Mapping* dictionary = value.mapping(Mapping::Kind::dictionary)) {
    return keysOf(*dictionary);
  }
  throw Failure{typeName(value) + " cannot be iterated over"};
}

std::int64_t lengthOf(const Value& value) {
  if (value.mapping(Mapping::Kind::nameSpace) || value.mapping(Mapping::Kind::loop) ||
      value.sequence(Sequence::Kind::generator)) {
    throw Failure{typeName(value) + " has no length"};
  }
  if (const Mapping* dictionary = value.mapping()) {
    return static_cast<std::int64_t>(dictionary->entries.size());
  }
  if (const Sequence* sequence = value.sequence()) {
    return static_cast<std::int64_t>(sequence->items.size());
  }
  if (const auto* text = value.as<std::string>()) {
    spendOnCharacters(text->size());
    return static_cast<std::int64_t>(decodeUtf8(*text).size());
  }
  if (value.is<Undefined>()) return 0;
  throw Failure{typeName(value) + " has no length"};
}

const std::string& requireString(const Value& value, const std::string& what) {
  if (const auto* text = value.as<std::string>()) return *text;
  throw Failure{what + " must be a string, but is " + typeName(value)};
}

std::int64_t requireInteger(const Value& value, const std::string& what) {
  if (const auto* number = value.as<std::int64_t>()) return *number;
  if (const bool* truth = value.as<bool>()) return *truth ? 1 : 0;
  throw Failure{what + " must be an integer, but is " + typeName(value)};
}

}  // namespace canvass::jinja
