#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/json.h"

namespace canvass::jinja {

class Value;

// The value of an undefined name: prints as nothing, but has no attributes or elements.
struct Undefined {
  std::string reason;  // "'tools' is undefined"
};
struct None {};
// The result of the filter `safe`. Python would escape whatever is joined to it, so it can be
// printed and nothing else.
struct SafeText {
  std::string text;
};

struct Arguments {
  std::vector<Value> positional;
  std::vector<std::pair<std::string, Value>> named;
};

// Values behind these pointers are shared and, as in Python's immutable sandbox, never changed;
// namespaces and the position of a generator are the exceptions.
struct Sequence {
  // view: dict.keys() and the like. generator: can be walked once, has no length.
  enum class Kind { list, tuple, view, range, generator };
  Kind kind = Kind::list;
  std::vector<Value> items;
  bool spent = false;         // a generator that was walked already
  int depth = 1;              // of values inside of values
  bool holdsMutable = false;  // a namespace or a loop, at any depth
};

struct Mapping {
  enum class Kind { dictionary, nameSpace, loop };
  Kind kind = Kind::dictionary;
  std::vector<std::pair<Value, Value>> entries;  // in order of insertion
  int depth = 1;                                 // of values inside of values
  bool holdsMutable = false;                     // as of a Sequence

  const Value* find(const Value& key) const;
  // Throws Failure as makeSequence does.
  void set(const Value& key, Value value);
};

struct Callable {
  std::string name;
  std::function<Value(const Arguments&)> call;
  bool holdsMutable = false;  // a method keeps the value it belongs to
};

// A Python value, as far as chat templates need Python.
class Value {
 public:
  Value() = default;
  Value(Undefined undefined) : data_(std::move(undefined)) {}
  Value(None none) : data_(none) {}
  Value(bool value) : data_(value) {}
  Value(std::int64_t value) : data_(value) {}
  Value(double value) : data_(value) {}
  Value(std::string value) : data_(std::move(value)) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(SafeText value) : data_(std::move(value)) {}
  Value(std::shared_ptr<Sequence> value) : data_(std::move(value)) {}
  Value(std::shared_ptr<Mapping> value) : data_(std::move(value)) {}
  Value(std::shared_ptr<Callable> value) : data_(std::move(value)) {}

  template <typename T>
  const T* as() const {
    return std::get_if<T>(&data_);
  }
  template <typename T>
  bool is() const {
    return std::holds_alternative<T>(data_);
  }
  const Sequence* sequence() const;
  const Sequence* sequence(Sequence::Kind kind) const;  // null if it is of another kind
  Mapping* mapping() const;
  Mapping* mapping(Mapping::Kind kind) const;
  const Callable* callable() const;
  // A bool, integer or float, as Python counts numbers.
  bool isNumber() const;

 private:
  std::variant<None, Undefined, bool, std::int64_t, double, std::string, SafeText,
               std::shared_ptr<Sequence>, std::shared_ptr<Mapping>, std::shared_ptr<Callable>>
      data_;
};

// Throws Failure if values nest so deeply that walking them would exhaust the stack, or the list is
// too long.
Value makeSequence(Sequence::Kind kind, std::vector<Value> items);
inline Value makeList(std::vector<Value> items) {
  return makeSequence(Sequence::Kind::list, std::move(items));
}
Value makeMapping(Mapping::Kind kind);
// Throws Failure for what a namespace may not hold: private names, as transformers has it, and
// namespaces and loops, which could make a circle that would never be freed.
void checkNamespaceEntry(const Value& name, const Value& value);
Value makeCallable(std::string name, std::function<Value(const Arguments&)> call,
                   bool holdsMutable = false);
// Throws Error for an integer of more than 64 bits.
Value fromJson(const Json& json);

// "str", "list": Python's name of the type, for messages.
std::string typeName(const Value& value);
bool isTrue(const Value& value);
// What iterating gives: elements, keys, characters; nothing for an undefined value. Exhausts a
// generator. Throws Failure for what Python cannot iterate over.
std::vector<Value> elementsOf(const Value& value);
// len(): throws Failure if Python has none.
std::int64_t lengthOf(const Value& value);

// Typed access for operators, filters and methods; throws Failure naming `what`.
const std::string& requireString(const Value& value, const std::string& what);
std::int64_t requireInteger(const Value& value, const std::string& what);

}  // namespace canvass::jinja
