#pragma once

#include <filesystem>

#include "microdata/readstat/statistics_file.h"

namespace canvass {

// The format of a file of each package, by its content. Throws Error if it is not such a file.
StatisticsFormat spssFormatOf(const std::filesystem::path& path);
StatisticsFormat stataFormatOf(const std::filesystem::path& path);
StatisticsFormat sasFormatOf(const std::filesystem::path& path);

}  // namespace canvass
