#include "option_scorer/item_texts.h"

#include <fmt/format.h>

#include "base/error.h"

namespace canvass {
namespace {

// BERT's and DeBERTa's name of the token, or RoBERTa's.
TokenId requireToken(const Tokenizer& tokenizer, const char* token, const char* orToken) {
  for (const char* name : {token, orToken}) {
    if (const auto id = tokenizer.idOf(name)) return *id;
  }
  throw Error(fmt::format("the tokenizer has no token {} or {}", token, orToken), {},
              "use a BERT, RoBERTa or DeBERTa encoder with its own tokenizer");
}

}  // namespace

ItemTexts::ItemTexts(const Tokenizer& tokenizer, std::size_t maxTokens)
    : tokenizer_(tokenizer),
      maxTokens_(maxTokens),
      opening_(requireToken(tokenizer, "[CLS]", "<s>")),
      separator_(requireToken(tokenizer, "[SEP]", "</s>")) {}

void ItemTexts::append(std::vector<TokenId>& tokens, const std::string& text) const {
  const auto more = tokenizer_.encode(text, {.addSpecialTokens = false});
  tokens.insert(tokens.end(), more.begin(), more.end());
  tokens.push_back(separator_);
}

void ItemTexts::checkLength(const std::vector<TokenId>& tokens, const std::string& where) const {
  if (tokens.size() <= maxTokens_) return;
  throw Error(fmt::format("the text has {} tokens, but the encoder reads at most {}", tokens.size(),
                          maxTokens_),
              where);
}

QuestionTokens ItemTexts::tokensOf(const Question& question) const {
  QuestionTokens result{{opening_}, {}};
  append(result.tokens, question.text);
  for (const Option& option : question.options) {
    const std::size_t begin = result.tokens.size();
    append(result.tokens, option.text);
    result.options.push_back({begin, result.tokens.size()});
  }
  checkLength(result.tokens, "question " + question.id);
  return result;
}

std::vector<TokenId> ItemTexts::tokensOf(const Population& population) const {
  std::vector<TokenId> tokens{opening_};
  append(tokens, population.name);
  checkLength(tokens, "population " + population.id);
  return tokens;
}

}  // namespace canvass
