#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "microdata/variable.h"

namespace canvass {

enum class StatisticsFormat { spssSystem, spssPortable, stata, sas, sasTransport };

// A file of a statistics package, and how to read it.
struct StatisticsFile {
  std::filesystem::path path;
  StatisticsFormat format = StatisticsFormat::spssSystem;
  std::string encoding;  // empty: as the file says
};

// ReadStat over such a file, in this process: for the child process of ReadStatReader, because the
// library does not stand every damaged file. Both throw Error, without a place, where the file
// cannot be read.

struct StatisticsContent {
  std::vector<Variable> variables;
  long records = -1;  // -1: the file does not say
};

StatisticsContent readVariables(const StatisticsFile& file);

// Calls `take` with the chosen variables' values of each record, in the order of `chosen`.
void readRecords(const StatisticsFile& file, const std::vector<std::size_t>& chosen,
                 const std::function<void(const std::vector<Value>&)>& take);

}  // namespace canvass
