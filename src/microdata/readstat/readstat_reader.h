#pragma once

#include <memory>

#include "microdata/microdata_reader.h"
#include "microdata/readstat/statistics_file.h"

namespace canvass {

// A file of SPSS, Stata or SAS. A program of its own, canvass-readstat, reads it with limits on
// memory and time, so that a damaged or hostile file is an Error and nothing else. Throws Error
// naming the file if it is not of that format, is cut off, or its texts are not in its encoding.
std::unique_ptr<MicrodataReader> openStatisticsFile(const StatisticsFile& file);

}  // namespace canvass
