#pragma once

#include <string_view>

namespace canvass {

// Options that are no answers, told by their words; quotes, blanks and case do not matter.

// True for "DK/Refused", "Don't know", "No answer" and the like, in English or Chinese.
bool isNoAnswer(std::string_view text);

// True for "Don't know", "DK", "Not sure": asked, and does not know.
bool isDontKnow(std::string_view text);

}  // namespace canvass
