#pragma once

#include <string>
#include <string_view>

namespace canvass {

// The bytes as text: U+FFFD for each sequence that cannot begin or continue a character, the way
// the Unicode Standard recommends ("maximal subparts", section 3.9).
std::string toValidUtf8(std::string_view bytes);

}  // namespace canvass
