#include "jinja/expression_lexer.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/utf8.h"

namespace canvass::jinja {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool opensName(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool continuesName(char c) { return opensName(c) || isDigit(c); }

// Reads one token, with the position in the text as its state.
class Reader {
 public:
  Reader(const Source& source, std::size_t position)
      : source_(source), text_(source.text()), begin_(position), position_(position) {}

  Token read() {
    const char c = peek();
    if (opensName(c)) return name();
    if (isDigit(c)) return number();
    if (c == '\'' || c == '"') return string();
    return punctuation();
  }
  std::size_t position() const { return position_; }

 private:
  char peek(std::size_t ahead = 0) const {
    return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0';
  }

  Token token(TokenKind kind, std::string text) const { return {kind, std::move(text), begin_}; }
  std::string consumed() const { return text_.substr(begin_, position_ - begin_); }

  Token name() {
    while (continuesName(peek())) ++position_;
    return token(TokenKind::name, consumed());
  }

  void digits() {
    while (isDigit(peek()) || (peek() == '_' && isDigit(peek(1)))) ++position_;
  }

  bool exponentFollows() const {
    if (peek() != 'e' && peek() != 'E') return false;
    const bool sign = peek(1) == '+' || peek(1) == '-';
    return isDigit(peek(sign ? 2 : 1));
  }

  Token number() {
    bool real = false;
    digits();
    if (peek() == '.' && isDigit(peek(1))) {
      real = true;
      ++position_;
      digits();
    }
    if (exponentFollows()) {
      real = true;
      position_ += 2;
      digits();
    }
    if (continuesName(peek())) source_.fail(begin_, "this number is not supported");
    std::string text = consumed();
    std::erase(text, '_');
    if (!real && text[0] == '0' && text.find_first_not_of('0') != std::string::npos) {
      source_.fail(begin_, "an integer does not begin with 0");
    }
    return token(real ? TokenKind::real : TokenKind::integer, std::move(text));
  }

  Token string() {
    const char quote = text_[position_++];
    std::string value;
    while (peek() != quote) {
      if (position_ >= text_.size()) source_.fail(begin_, "this string is not closed");
      if (peek() == '\\') {
        escape(value);
      } else {
        value += text_[position_++];
      }
    }
    ++position_;
    return token(TokenKind::string, std::move(value));
  }

  // As Python reads them; an unknown one is left as is.
  void escape(std::string& value) {
    static constexpr std::string_view kNames = "abfnrtv\\'\"";
    static constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\'\"";
    const char name = peek(1);
    const std::size_t found = name == '\0' ? std::string_view::npos : kNames.find(name);
    if (found != std::string_view::npos) {
      value += kMeanings[found];
      position_ += 2;
    } else if (name == '\n') {
      position_ += 2;
    } else if (name == 'x' || name == 'u' || name == 'U') {
      codePointEscape(value, name == 'x' ? 2 : name == 'u' ? 4 : 8);
    } else if (name == 'N' || isDigit(name) || static_cast<unsigned char>(name) >= 0x80) {
      source_.fail(position_, "this escape sequence is not supported");
    } else {
      value += text_[position_++];
    }
  }

  void codePointEscape(std::string& value, std::size_t length) {
    const std::string hexadecimal = text_.substr(std::min(position_ + 2, text_.size()), length);
    const bool valid = hexadecimal.size() == length &&
                       hexadecimal.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
    if (!valid) source_.fail(position_, "this escape sequence is not complete");
    const auto codePoint = static_cast<char32_t>(std::stoul(hexadecimal, nullptr, 16));
    const bool character = codePoint < 0xD800 || (codePoint > 0xDFFF && codePoint <= 0x10FFFF);
    if (!character) source_.fail(position_, "this escape sequence is not a character");
    appendUtf8(value, codePoint);
    position_ += 2 + length;
  }

  Token punctuation() {
    static constexpr std::array<std::string_view, 27> kAll = {
        "**", "//", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "<", ">", "=",
        "(",  ")",  "[",  "]",  "{",  "}",  ",", ":", ".", "|", "~", ";", "&"};
    const std::string_view rest = std::string_view(text_).substr(position_);
    const auto found = std::find_if(kAll.begin(), kAll.end(),
                                    [&](std::string_view sign) { return rest.starts_with(sign); });
    if (found == kAll.end()) source_.fail(position_, "this character is not part of Jinja");
    position_ += found->size();
    return token(TokenKind::punctuation, std::string(*found));
  }

  const Source& source_;
  const std::string& text_;
  std::size_t begin_;
  std::size_t position_;
};

}  // namespace

Token readExpressionToken(const Source& source, std::size_t& position) {
  Reader reader(source, position);
  Token token = reader.read();
  position = reader.position();
  return token;
}

}  // namespace canvass::jinja
