#pragma once

#include "microdata/mapping.h"
#include "microdata/mapping_table.h"

namespace canvass {

// Reads [table] of a mapping: what a row of the file is, and the columns that contain it. Without
// the table a row is a respondent. Columns that are not named have the names that `canvass export
// csv` gives them. Throws Error naming file:line:column.
void parseTableShape(const MappingTable& root, Mapping& mapping);

// Throws Error if the mapping says something that its table cannot have, such as the weights of a
// table of shares, or does not have what its table needs. To be called when the whole mapping has
// been read.
void checkTableShape(const MappingTable& root, const Mapping& mapping);

}  // namespace canvass
