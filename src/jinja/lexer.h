#pragma once

#include <vector>

#include "jinja/source.h"
#include "jinja/token.h"

namespace canvass::jinja {

// The tokens of a template, ending in one of kind `end`. Comments are gone and the white space
// around tags is trimmed as Jinja does with trim_blocks and lstrip_blocks on: the line end after a
// block or comment goes, the indentation before one goes, and "-" removes all white space. Throws
// Error at the location of what is not a Jinja token.
std::vector<Token> tokenize(const Source& source);

}  // namespace canvass::jinja
