#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "microdata/readstat/statistics_file.h"

namespace canvass::test {

// A variable of a file that a test makes; `missingTexts` are those of a text variable.
struct MadeVariable {
  Variable about = {};
  std::size_t textBytes = 0;       // 0 of a number
  bool isLongText = false;         // Stata's strL
  std::vector<std::string> texts;  // one value a record
  std::vector<double> numbers;     // the same, of a number
};

// Whether ReadStat is newer than Debian's, which refuses or misreads some files.
bool hasNewReadStat();

MadeVariable madeText(const std::string& name, std::vector<std::string> values,
                      std::vector<ValueLabel> labels = {});
MadeVariable madeNumber(const std::string& name, std::vector<double> values,
                        std::vector<ValueLabel> labels = {});

// A file of the format with these variables, written by ReadStat. `release`: of the format, 0 for
// ReadStat's own choice. Throws std::runtime_error if it cannot write such a file.
void writeStatisticsFile(const StatisticsFile& file, const std::vector<MadeVariable>& variables,
                         int release = 0);

// Writes multiple response sets into a .sav file, a line each as SPSS stores them:
// "$tea=D1 1 3 Tea GREEN BLACK", with the variables' short names.
void addResponseSets(const std::filesystem::path& sav, const std::string& lines);
// Whether the ReadStat library reads them: Debian's, 1.1.8, does not.
bool readstatReadsResponseSets();

}  // namespace canvass::test
