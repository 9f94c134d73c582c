#pragma once

#include <filesystem>

#include "microdata/csv/csv_reader.h"

namespace canvass {

// The decimal mark of a text file, as its first 10,000 records show it. It is a comma if a column
// has nothing but numbers with commas (not those of thousands, "1,234", nor lists of codes, "1,2"),
// and no column has numbers with points; else a point. Throws Error as reading the file does.
char detectDecimalMark(const std::filesystem::path& path, const CsvForm& form);

}  // namespace canvass
