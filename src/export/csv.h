#pragma once

#include "export/export.h"

namespace canvass {

// CSV (RFC 4180, lines end in LF) of longTable, and of wideTable. Unknown values are empty, never
// 0. Numbers are written so that reading gives the same doubles. A note counts the texts that a
// spreadsheet would take for formulas: CSV has no way to say that they are none.
ExportResult exportCsv(const ExportInput& input);
ExportResult exportWideCsv(const ExportInput& input);

}  // namespace canvass
