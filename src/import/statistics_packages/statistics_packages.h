#pragma once

#include "import/import.h"

namespace canvass {

// Importers of respondents in files of SPSS, Stata and SAS; what their columns mean is in
// ImportOptions::mapping, and several files are one sample. ReadStat reads them all: what differs
// is how the format of a file is detected.

// `options`: Importer::options.

// .sav, .zsav, .por. User-missing values are not answers; the mapping says which kind of missing
// they are.
Importer spssImporter(const std::vector<std::string>& options);
// .dta. The missing values .a to .z are codes like others; "." is "".
Importer stataImporter(const std::vector<std::string>& options);
// .sas7bdat and transport files (.xpt). They hold no value labels: the mapping lists all options.
Importer sasImporter(const std::vector<std::string>& options);

}  // namespace canvass
