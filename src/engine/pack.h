#pragma once

#include "engine/forest.h"
#include "model/packed_tokens.h"

namespace canvass {

// The forest as tensors, with who attends to whom: each row to itself and its ancestors.
PackedTokens pack(const Forest& forest);

}  // namespace canvass
