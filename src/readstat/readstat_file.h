#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "microdata/readstat/statistics_file.h"

namespace canvass {

// ReadStat over a file, in this process, which the library may crash if the file is damaged. Both
// throw Error, without a location, if the file cannot be read.

StatisticsContent readVariables(const StatisticsFile& file);

// Calls `take` with the chosen variables' values of each record, in the order of `chosen`.
void readRecords(const StatisticsFile& file, const std::vector<std::size_t>& chosen,
                 const std::function<void(const std::vector<Value>&)>& take);

}  // namespace canvass
