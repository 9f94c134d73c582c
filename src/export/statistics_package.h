#pragma once

#include "export/export.h"

namespace canvass {

// Files of SPSS (.sav) and Stata (.dta) of longTable: a variable for each column, with its label;
// categories are numbers with value labels, from 1 in the order in which they come. The names of
// variables are those of the columns, with _ for what a package does not take. Notes say which
// texts are longer than the package's limit and cut off there.
//
// The program canvass-readstat writes the file, from this JSON on its standard input:
//   {"label": "the survey's name", "variables": [VARIABLE, ...], "records": [[CELL, ...], ...]}
//   VARIABLE: {"name", "label", "width": bytes of a text or 0 for a number, "decimals",
//              "nominal": true, "labels": ["of 1", "of 2", ...]}
//   CELL: number, text or null
ExportResult exportSpss(const ExportInput& input);
ExportResult exportStata(const ExportInput& input);

}  // namespace canvass
