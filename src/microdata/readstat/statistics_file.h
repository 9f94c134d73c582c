#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "microdata/response_set.h"
#include "microdata/variable.h"

namespace canvass {

enum class StatisticsFormat { spssSystem, spssPortable, stata, sas, sasTransport };

// By the extension of the files: "sav".
const char* formatName(StatisticsFormat format);
// Throws Error if there is no such format.
StatisticsFormat parseFormat(const std::string& name);

// A file of a statistics package, and how to read it.
struct StatisticsFile {
  std::filesystem::path path;
  StatisticsFormat format = StatisticsFormat::spssSystem;
  std::string encoding;  // empty: as the file says
};

// What such a file says before its records.
struct StatisticsContent {
  std::vector<Variable> variables;
  long records = -1;  // -1: the file does not say
  std::vector<ResponseSet> responseSets = {};
};

}  // namespace canvass
