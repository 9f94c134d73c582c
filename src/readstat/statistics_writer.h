#pragma once

#include <string>
#include <string_view>

namespace canvass {

// The bytes of a file of SPSS ("sav") or Stata ("dta") with what the JSON says, in the form of
// export/statistics_package.h. Throws Error if the JSON has another form, for another format, and
// if the package cannot hold it.
std::string statisticsFile(std::string_view json, const std::string& format);

}  // namespace canvass
