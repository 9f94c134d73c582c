#pragma once

#include <string>

#include "jinja/value.h"

namespace canvass::jinja {

// str(value): True, None, [1, 'a'], {'k': 1.5}; nothing for an undefined value. Throws Failure for
// what prints as an address or a type of Python's own (generators, functions, namespaces).
std::string textOf(const Value& value);
// repr(value): as textOf, with strings in quotes.
std::string quotedTextOf(const Value& value);
// repr(float): the shortest digits that read back the same, "1.0", "1e-05", "inf".
std::string floatText(double number);

}  // namespace canvass::jinja
