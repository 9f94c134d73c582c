#pragma once

#include <string>
#include <string_view>

namespace canvass {

// When people were asked, as exactly as it is known: "2020", "2020-05" or "2020-05-17". Empty if
// it is not.

// Throws Error at `where` if a text is neither empty nor such a date.
void checkDate(std::string_view date, const std::string& where);

enum class DateOrder { before, after, unclear };

// Whether `date` is within or before `limit`; unclear if one is not known, or not exactly enough:
// 2020 is neither before nor after 2020-05.
DateOrder orderOf(std::string_view date, std::string_view limit);

}  // namespace canvass
