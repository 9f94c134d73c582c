#pragma once

#include <string_view>

#include "tokenizer/added_tokens.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

// Checks the arguments of Tokenizer::encode and gives the rule for special tokens in it. Throws
// Error if the text is not UTF-8 or a literal range does not lie in it.
SpecialTokenRule readRequest(std::string_view text, const EncodeOptions& options);

}  // namespace canvass
