#pragma once

#include "engine/forest/forest.h"
#include "model/packed_tokens.h"

namespace canvass {

// The forest as tensors, with who attends to whom: each row to itself and its ancestors.
PackedTokens pack(const Forest& forest);

// The next token of a text whose earlier tokens are in a key-value cache.
struct NextToken {
  TokenId token;
  const std::vector<std::int32_t>*
      path;  // the cache's rows of all tokens of the text, this one last
};

// One more token of many texts: each attends to its path, and each is an answer.
PackedTokens packNext(const std::vector<NextToken>& next);

}  // namespace canvass
