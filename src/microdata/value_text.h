#pragma once

#include <string>

#include "microdata/variable.h"

namespace canvass {

// Values in messages: the beginning of a long one, in whole characters.

std::string shortCode(const Value& value);
// "an empty value", "code \"3\"", with the variable's label of it if there is one.
std::string describe(const Value& value);
std::string describe(const Value& value, const Variable& variable);

}  // namespace canvass
