#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "tokenizer/tokenizer_file.h"
#include "tokenizer/vocabulary.h"

namespace canvass {

// Turns a piece of text into the ids of a vocabulary. One class per algorithm.
class TokenModel {
 public:
  virtual ~TokenModel() = default;
  // Appends the ids of one piece, which is not empty. Throws Error if a character has no token.
  virtual void tokenize(std::string_view piece, std::vector<TokenId>& ids) const = 0;
  virtual const Vocabulary& vocabulary() const = 0;
};

// The "model" of a tokenizer.json. Throws Error at `where` for a kind or setting that is not
// supported. Moves the vocabulary and the merges out of the file.
std::unique_ptr<const TokenModel> makeTokenModel(TokenizerFile& file, const std::string& where);

}  // namespace canvass
