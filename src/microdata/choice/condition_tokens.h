#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace canvass {

// A piece of a condition such as `wave == 2023 and age >= 18`.
struct ConditionToken {
  enum class Kind { name, number, text, symbol, end };

  Kind kind = Kind::end;
  std::string text;          // of a symbol one of == != < <= > >= ( ) [ ] ,
  std::size_t position = 0;  // of its first character, counted from 1
  bool isQuoted = false;     // a name in backquotes, which is never a word of the language

  bool isSymbol(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
  // In lower or upper case.
  bool isWord(std::string_view word) const;
};

// The last token is an end. `&`, `|` and `!` are the words and, or and not; `=` is `==`, `<>` is
// `!=`. Texts are in single or double quotes, names that are not plain words in backquotes. Throws
// Error with the position of a character that belongs to nothing, or of a quote that is not closed.
std::vector<ConditionToken> conditionTokens(std::string_view text);

// "--where, character 12"
std::string conditionPlace(std::size_t position);

}  // namespace canvass
