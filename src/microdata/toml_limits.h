#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace canvass {

// Parts of one key with dots, as in [a.b.c]: each part is a table in the one before it, and more
// would exhaust the stack of what walks through them.
constexpr std::size_t deepestTomlKey = 32;

// The line, counted from 1, of the first key in a text of TOML that has more parts.
std::optional<std::size_t> lineOfDeepTomlKey(std::string_view toml);

}  // namespace canvass
