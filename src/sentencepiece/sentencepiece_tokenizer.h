#pragma once

#include <memory>

#include "tokenizer/added_tokens.h"
#include "tokenizer/post_processor.h"
#include "tokenizer/token_decoder.h"
#include "tokenizer/tokenizer.h"
#include "tokenizer/vocabulary.h"

namespace sentencepiece {
class SentencePieceProcessor;
}

namespace canvass {

// A tokenizer.model, read by the SentencePiece library, with the tokens around a text and the added
// tokens from tokenizer_config.json next to it; or DeBERTa's spm.model, whose texts are put between
// [CLS] and [SEP].
//
// The space that SentencePiece puts before a text: if tokenizer_config.json says `"legacy": true`,
// before every segment between special tokens, as the library does with each; otherwise, as
// Hugging Face transformers does, before the whole text only, and not if it has one already.
class SentencePieceTokenizer : public Tokenizer {
 public:
  // Throws Error if a file is missing or damaged, or if the configuration does not say whether BOS
  // is added.
  explicit SentencePieceTokenizer(const ModelFiles& model);
  ~SentencePieceTokenizer() override;

  std::vector<TokenId> encode(std::string_view text, const EncodeOptions& options) const override;
  std::string decode(std::span<const TokenId> tokens) const override;
  std::size_t vocabularySize() const override { return vocabulary_.size(); }
  std::optional<TokenId> idOf(std::string_view token) const override;

 private:
  using Processor = sentencepiece::SentencePieceProcessor;

  void readVocabulary(std::vector<AddedToken> added, const std::string& where);
  const Processor& processorFor(std::string_view text, bool opensText) const;

  std::unique_ptr<const Processor> withPrefix_;     // as the model says
  std::unique_ptr<const Processor> withoutPrefix_;  // the same model, no space before the text
  bool legacy_ = false;
  bool addPrefixSpace_ = true;
  Vocabulary vocabulary_;
  AddedTokens addedTokens_{{}};
  PostProcessor postProcessor_;
  std::unique_ptr<const TokenDecoder> decoder_;
};

}  // namespace canvass
