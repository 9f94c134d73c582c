#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

// Special tokens that a tokenizer puts around every text.
struct PostProcessor {
  std::vector<TokenId> before;
  std::vector<TokenId> after;
};

// The "post_processor" of a tokenizer.json (null: none), as far as it concerns a single text.
// Throws Error at `where` for a kind or setting that is not supported.
PostProcessor makePostProcessor(const Json& component, const std::string& where);

}  // namespace canvass
