#pragma once

#include <optional>
#include <string>

#include "jinja/value.h"

// Looking into values. What is not there is an Undefined value; looking into an undefined value
// throws Failure.
namespace canvass::jinja {

// value.name: a method of Python's type first, then a key.
Value attributeOf(const Value& value, const std::string& name);
// value[key]: an element or key first, then a method.
Value itemOf(const Value& value, const Value& key);
// What filters call an attribute: "function.parameters.0", each part looking into what the one
// before found, or `otherwise` (unless None) if that is undefined; the value itself for None.
Value lookUpPath(Value value, const Value& path, const Value& otherwise = {});
// value[begin:end:step], None if a part is left out.
Value sliceOf(const Value& value, const Value& begin, const Value& end, const Value& step);

// The method of a string or dictionary, or nothing if Python's type has none with that name.
// Throws Failure for those that Python has and canvass does not.
std::optional<Value> methodOf(const Value& value, const std::string& name);

}  // namespace canvass::jinja
