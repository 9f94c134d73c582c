#pragma once

#include "engine/forest.h"
#include "model/packed_tokens.h"

namespace canvass {

// The forest as tensors; the masks let each row attend to itself and its ancestors.
PackedTokens pack(const Forest& forest);

}  // namespace canvass
