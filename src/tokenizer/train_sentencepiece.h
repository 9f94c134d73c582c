#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace canvass {

// Trains a tokenizer for a new model on `lines` and writes it into `folder`: tokenizer.model (a
// SentencePiece BPE model with bytes for characters it never saw) and tokenizer_config.json, in the
// layout of Llama's, which loadTokenizer and Hugging Face transformers both read.
//
// At most `vocabularySize` tokens, fewer if the text does not have that many different ones. Text
// comes back from its tokens as it was: nothing is normalized, and newlines and runs of spaces are
// kept. Every character of `wholeWords` (names of populations) has a token of its own, and so have
// the letters A to Z; no token joins a letter to a parenthesis before it, so that after "(" each
// label is one token. The same arguments give the same bytes.
//
// Throws Error if there is no text or `vocabularySize` has no room for the characters.
void trainSentencePiece(const std::vector<std::string>& lines, std::size_t vocabularySize,
                        const std::vector<std::string>& wholeWords,
                        const std::filesystem::path& folder);

}  // namespace canvass
