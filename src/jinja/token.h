#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace canvass::jinja {

enum class TokenKind {
  text,           // outside of tags
  blockBegin,     // {%
  blockEnd,       // %}
  variableBegin,  // {{
  variableEnd,    // }}
  name,
  string,  // `text` is what the literal means
  integer,
  real,
  punctuation,  // operators, brackets, commas
  end,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text;
  std::size_t at = 0;  // its first byte in the template

  bool is(TokenKind wanted, const char* wantedText) const {
    return kind == wanted && text == wantedText;
  }
};

}  // namespace canvass::jinja
