#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"

namespace canvass::test {

// The random strings of golden/random_text.json, as tools/oracle/tokenizers_golden.py draws them.
std::string randomText(const Json& plan, std::uint64_t number);

}  // namespace canvass::test
