#pragma once

#include <string>
#include <vector>

#include "report/terminal/terminal_text.h"

namespace canvass {

// Aligned cells, two spaces between columns that are as wide as their widest cell: the first and
// the last column flush left, the others flush right, the first row faint. A title may have two
// lines ("option\nmass"). Where the table is wider than the style allows, the cells of the first
// column are shortened. Every row must have the same number of cells; there is at least one row.
std::string plainTable(const std::vector<std::vector<std::string>>& rows,
                       const TerminalStyle& style);

}  // namespace canvass
