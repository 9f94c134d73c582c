#pragma once

#include <memory>
#include <string>

#include "base/json.h"
#include "tokenizer/tokenizer.h"

namespace canvass::test {

// golden/small_tokenizers.json: a small tokenizer.json and variations of it.
Json smallTokenizers();

// The small tokenizer with a JSON merge patch over it, as loadTokenizer reads it;
// `config`, where not empty, is the text of its tokenizer_config.json.
std::unique_ptr<const Tokenizer> loadPatched(const Json& patch, const std::string& config = {});
// The same with the patch as text.
std::unique_ptr<const Tokenizer> loadSmallTokenizer(const std::string& patch,
                                                    const std::string& config = {});

}  // namespace canvass::test
