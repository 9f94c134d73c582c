#include "microdata/choice/condition_tokens.h"

#include <fmt/format.h>

#include <array>
#include <cctype>

#include "base/error.h"
#include "microdata/draft/column_names.h"
#include "microdata/variable.h"

namespace canvass {
namespace {

struct Symbol {
  std::string_view written;
  ConditionToken::Kind kind;
  std::string_view meant;
};

// Longer ones first.
constexpr std::array<Symbol, 18> symbols{{{"==", ConditionToken::Kind::symbol, "=="},
                                          {"!=", ConditionToken::Kind::symbol, "!="},
                                          {"<>", ConditionToken::Kind::symbol, "!="},
                                          {"<=", ConditionToken::Kind::symbol, "<="},
                                          {">=", ConditionToken::Kind::symbol, ">="},
                                          {"&&", ConditionToken::Kind::name, "and"},
                                          {"||", ConditionToken::Kind::name, "or"},
                                          {"<", ConditionToken::Kind::symbol, "<"},
                                          {">", ConditionToken::Kind::symbol, ">"},
                                          {"=", ConditionToken::Kind::symbol, "=="},
                                          {"&", ConditionToken::Kind::name, "and"},
                                          {"|", ConditionToken::Kind::name, "or"},
                                          {"!", ConditionToken::Kind::name, "not"},
                                          {"(", ConditionToken::Kind::symbol, "("},
                                          {")", ConditionToken::Kind::symbol, ")"},
                                          {"[", ConditionToken::Kind::symbol, "["},
                                          {"]", ConditionToken::Kind::symbol, "]"},
                                          {",", ConditionToken::Kind::symbol, ","}}};

// Part of a name or a number.
bool isPlain(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '$' ||
         c == '@' || c == '#' || static_cast<unsigned char>(c) >= 0x80;
}

class Tokenizing {
 public:
  explicit Tokenizing(std::string_view text) : text_(text) {}

  std::vector<ConditionToken> run() {
    while (at_ < text_.size()) {
      if (std::isspace(static_cast<unsigned char>(text_[at_])) != 0) {
        ++at_;
      } else {
        takeToken();
      }
    }
    tokens_.push_back({ConditionToken::Kind::end, {}, text_.size() + 1});
    return std::move(tokens_);
  }

 private:
  void takeToken() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return takeQuoted(ConditionToken::Kind::text);
    if (c == '`') {
      takeQuoted(ConditionToken::Kind::name);
      tokens_.back().isQuoted = true;
      return;
    }
    const bool isSigned =
        (c == '-' || c == '+') && at_ + 1 < text_.size() && isPlain(text_[at_ + 1]);
    if (isPlain(c) || isSigned) return takePlain();
    for (const Symbol& symbol : symbols) {
      if (!text_.substr(at_).starts_with(symbol.written)) continue;
      add(symbol.kind, std::string(symbol.meant), symbol.written.size());
      return;
    }
    throw Error(fmt::format("\"{}\" means nothing here", c), conditionPlace(at_ + 1),
                "write conditions such as: wave == 2023 and age >= 18");
  }

  void takeQuoted(ConditionToken::Kind kind) {
    const std::size_t end = text_.find(text_[at_], at_ + 1);
    if (end == std::string_view::npos) {
      throw Error("the quote is not closed", conditionPlace(at_ + 1));
    }
    add(kind, std::string(text_.substr(at_ + 1, end - at_ - 1)), end + 1 - at_);
  }

  void takePlain() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && isPlain(text_[end])) ++end;
    const std::string word(text_.substr(at_, end - at_));
    const bool isNumber = valueOf(word).kind == Value::Kind::number;
    if (!isNumber && (word.front() == '-' || word.front() == '+')) {
      throw Error(fmt::format("\"{}\" is not a number", word), conditionPlace(at_ + 1));
    }
    add(isNumber ? ConditionToken::Kind::number : ConditionToken::Kind::name, word, end - at_);
  }

  void add(ConditionToken::Kind kind, std::string text, std::size_t length) {
    tokens_.push_back({kind, std::move(text), at_ + 1});
    at_ += length;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<ConditionToken> tokens_;
};

}  // namespace

bool ConditionToken::isWord(std::string_view word) const {
  return kind == Kind::name && !isQuoted && isSameName(text, word);
}

std::vector<ConditionToken> conditionTokens(std::string_view text) {
  return Tokenizing(text).run();
}

std::string conditionPlace(std::size_t position) {
  return fmt::format("--where, character {}", position);
}

}  // namespace canvass
