#pragma once

#include <string>
#include <string_view>

#include "microdata/codebook.h"

namespace canvass {

// A CSV table with the header variable,code,label: a line with an empty code gives the variable's
// own label, the others those of its codes. Throws Error naming file:line for another header, a
// line with more or fewer fields, an empty variable, a label that is given twice, and text that is
// not UTF-8.
Codebook parseCodebookTable(std::string_view text, const std::string& name);

}  // namespace canvass
