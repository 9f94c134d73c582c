#pragma once

#include "microdata/mapping.h"
#include "microdata/mapping_table.h"

namespace canvass {

// Reads [table] of a mapping: what a row of the file is, and the columns that say so. Without the
// table a row is a respondent. Columns that are not named have the names that `canvass export csv`
// gives them. Throws Error naming file:line:column.
void parseTableShape(const MappingTable& root, Mapping& mapping);

// Throws Error where the mapping says something that its table cannot have, such as the weights of
// a table of shares, or lacks what its table needs. For a mapping that is read as a whole.
void checkTableShape(const MappingTable& root, const Mapping& mapping);

}  // namespace canvass
