#pragma once

#include <memory>
#include <unordered_map>

#include "tokenizer/added_tokens.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/post_processor.h"
#include "tokenizer/pre_tokenizer.h"
#include "tokenizer/token_decoder.h"
#include "tokenizer/token_model.h"

namespace canvass {

// A tokenizer as tokenizer.json describes it: added tokens, normalizer, pre-tokenizer, model and
// post-processor, in this order; the decoder for the way back.
class JsonTokenizer : public Tokenizer {
 public:
  // Reads tokenizer.json, and tokenizer_config.json for the tokens around a text, if it says so.
  // Throws Error naming what the files require and canvass does not support.
  explicit JsonTokenizer(const ModelFiles& model);

  std::vector<TokenId> encode(std::string_view text, const EncodeOptions& options) const override;
  std::string decode(std::span<const TokenId> tokens) const override;
  std::size_t vocabularySize() const override;
  std::optional<TokenId> idOf(std::string_view token) const override;

 private:
  const std::string& textOf(TokenId id) const;
  void requireKnown(const std::vector<TokenId>& ids, const std::string& where) const;
  void addTokens(std::vector<AddedToken> tokens, const std::string& where);
  void encodePlain(std::string_view text, bool opensText, const SpecialTokenRule& rule,
                   std::vector<TokenId>& ids) const;
  void encodeNormalized(std::string_view text, bool opensText, std::vector<TokenId>& ids) const;
  std::vector<TextRange> normalizedRanges(std::string_view text,
                                          const std::vector<TextRange>& ranges) const;

  std::unique_ptr<const Normalizer> normalizer_;
  std::unique_ptr<const PreTokenizer> preTokenizer_;
  std::unique_ptr<const TokenModel> model_;
  std::unique_ptr<const TokenDecoder> decoder_;
  PostProcessor postProcessor_;
  Vocabulary addedVocabulary_;
  std::unordered_map<TokenId, std::string> normalizedTexts_;  // of tokens in normalizedTokens_
  AddedTokens rawTokens_{{}};                                 // searched for in the original text
  AddedTokens normalizedTokens_{{}};                          // searched for in the normalized text
};

}  // namespace canvass
