#pragma once

#include <string>
#include <vector>

#include "report/terminal/terminal_text.h"

namespace canvass {

// Cells below each other, two spaces between columns as wide as their widest cell: the first column
// and the last to the left, the others to the right, the first row faint. Every row must have as
// many cells; there is at least one row.
std::string plainTable(const std::vector<std::vector<std::string>>& rows,
                       const TerminalStyle& style);

}  // namespace canvass
