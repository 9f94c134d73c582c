#pragma once

#include <string>

#include "model_files/gguf/metadata.h"
#include "tokenizer/tokenizer_file.h"

namespace canvass {

// The tokenizer in a GGUF file's header, as the tokenizer.json of the same model: of the kinds gpt2
// (byte-level merges, with a way of splitting words by its name) and llama (merges after the scores
// of SentencePiece). Throws Error at `where` for a kind or a name that is not known, and for lists
// that are missing or do not fit together.
TokenizerFile tokenizerOf(const gguf::Metadata& metadata, const std::string& where);

}  // namespace canvass
