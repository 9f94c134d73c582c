#pragma once

#include "export/export.h"

namespace canvass {

// The JSON lines that importSubpop reads (import/subpop/subpop.h). A population is its attributes,
// crossed ones as lists; items of populations without any, of populations whose attributes are
// those of an earlier one, and items without a distribution are left out by name. `ordinal` holds
// the options' values, 1, 2, 3 ... for an ordinal question without values, and -1 for nominal ones;
// negative values, which would mean something else, are shifted up until the lowest is 1.
// `refusal_rate` is null if it is not known. Throws Error if no item is left.
ExportResult exportSubpop(const Survey& survey);

}  // namespace canvass
