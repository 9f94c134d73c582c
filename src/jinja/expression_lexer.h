#pragma once

#include "jinja/source.h"
#include "jinja/token.h"

namespace canvass::jinja {

// The token of an expression that begins at byte `position` (no white space), which is moved past
// it. Throws Error if there is none.
Token readExpressionToken(const Source& source, std::size_t& position);

}  // namespace canvass::jinja
