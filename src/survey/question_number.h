#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace canvass {

// The number that a question id is, with or without a leading Q: 164 for "164", "Q164" and "q164";
// nothing for any other id.
std::optional<std::uint64_t> questionNumber(std::string_view id);

}  // namespace canvass
