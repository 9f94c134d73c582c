#pragma once

#include <cstddef>
#include <vector>

#include "survey/survey.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

// What an encoder reads of a question: its text and its options one after another, each closed by
// the separator, so that every option is read together with the others.
struct QuestionTokens {
  std::vector<TokenId> tokens;
  // Of each option's text with its separator.
  std::vector<TokenRange> options;
};

// Turns questions and populations into what an encoder reads.
class ItemTexts {
 public:
  // `maxTokens`: what the encoder can read at once. Throws Error if the tokenizer does not have
  // the tokens [CLS] and [SEP], or <s> and </s>.
  ItemTexts(const Tokenizer& tokenizer, std::size_t maxTokens);

  // Both throw Error naming a question or population that is too long to be read.
  QuestionTokens tokensOf(const Question& question) const;
  // Of the population's name.
  std::vector<TokenId> tokensOf(const Population& population) const;

 private:
  void append(std::vector<TokenId>& tokens, const std::string& text) const;
  void checkLength(const std::vector<TokenId>& tokens, const std::string& where) const;

  const Tokenizer& tokenizer_;
  std::size_t maxTokens_;
  TokenId opening_, separator_;
};

}  // namespace canvass
