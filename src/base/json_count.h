#pragma once

#include <cstddef>
#include <string>

#include "base/json.h"

namespace canvass {

// The whole number from 0 on under `key`. Throws Error as requireKey() does, and for a negative
// number.
std::size_t requireCount(const Json& object, const char* key, const std::string& where);

}  // namespace canvass
