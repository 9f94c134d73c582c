#pragma once

#include "export/export.h"

namespace canvass {

// An Excel workbook: the sheets "shares" (longTable), "wide" (wideTable) and "about" (the survey's
// name and source, and what each column is). A text is a text, also one that looks like a formula
// or a link. Throws Error if a table has more rows or columns than a sheet can hold, or a text is
// longer than a cell can.
ExportResult exportWorkbook(const ExportInput& input);

}  // namespace canvass
