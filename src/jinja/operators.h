#pragma once

#include <string>

#include "jinja/value.h"

// Python's operators. All throw Failure for operands that Python rejects.
namespace canvass::jinja {

bool equals(const Value& left, const Value& right);
// left < right for two numbers, strings, lists or tuples.
bool isLess(const Value& left, const Value& right);
// Python looks keys up by their hash, which lists and dicts do not have.
void requireHashable(const Value& value);
// `needle in hay`.
bool contains(const Value& hay, const Value& needle);

// One of + - * / // % **.
Value arithmetic(const std::string& operation, const Value& left, const Value& right);
Value negated(const Value& value);
// One of == != < <= > >=.
bool compares(const std::string& operation, const Value& left, const Value& right);

}  // namespace canvass::jinja
