#pragma once

#include "export/export.h"

namespace canvass {

// Markdown to read or to put into a document (tables as GitHub and Pandoc read them): for each
// question its wording and a table, populations in rows and options in columns, shares in percent
// with one decimal, n in the last column; what was predicted in a row of its own below. Characters
// that Markdown would take for its own are escaped.
ExportResult exportMarkdown(const ExportInput& input);

}  // namespace canvass
