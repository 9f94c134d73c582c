#include "microdata/readstat/statistics_file.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace canvass {
namespace {

constexpr std::array statisticsFormats{"sav", "por", "dta", "sas7bdat", "xpt"};

}  // namespace

const char* formatName(StatisticsFormat format) {
  return statisticsFormats.at(static_cast<std::size_t>(format));
}

StatisticsFormat parseFormat(const std::string& name) {
  const auto found = std::ranges::find(statisticsFormats, name);
  if (found == statisticsFormats.end()) throw Error("there is no format \"" + name + "\"");
  return static_cast<StatisticsFormat>(found - statisticsFormats.begin());
}

}  // namespace canvass
