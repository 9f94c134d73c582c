#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tokenizer/token_model.h"

namespace canvass {

// WordPiece as BERT uses it (Devlin et al. 2019): a word is cut from the left into the longest
// tokens that exist, those after the first with a prefix of their own ("##"). A word that cannot be
// cut this way, or is too long, is one unknown token.
class WordPieceModel : public TokenModel {
 public:
  struct Settings {
    std::string unknownToken;
    std::string continuingPrefix;
    std::size_t longestWord = 0;  // in characters, up to kMaxWordCharacters
  };

  // Throws Error at `where` if the unknown token is not in the vocabulary.
  WordPieceModel(Vocabulary vocabulary, Settings settings, const std::string& where);

  void tokenize(std::string_view piece, std::vector<TokenId>& ids) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  bool cut(std::string_view word, std::vector<TokenId>& ids) const;

  Vocabulary vocabulary_;
  Settings settings_;
  TokenId unknownId_;
  std::size_t longestToken_ = 0;  // in bytes
};

}  // namespace canvass
