#include "jinja/lexer.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "jinja/expression_lexer.h"
#include "jinja/python_string.h"

namespace canvass::jinja {
namespace {

constexpr std::size_t kNone = std::string::npos;

bool isOpening(char c) { return c == '(' || c == '[' || c == '{'; }
bool isClosing(char c) { return c == ')' || c == ']' || c == '}'; }

class Lexer {
 public:
  explicit Lexer(const Source& source) : source_(source), text_(source.text()) {}

  std::vector<Token> run() {
    while (position_ < text_.size()) readTextAndTag();
    tokens_.push_back({TokenKind::end, "", text_.size()});
    return std::move(tokens_);
  }

 private:
  bool at(std::string_view expected) const {
    return std::string_view(text_).substr(std::min(position_, text_.size())).starts_with(expected);
  }

  bool at(char sign, std::string_view mark) const {
    const std::string_view rest = std::string_view(text_).substr(std::min(position_, text_.size()));
    return rest.starts_with(sign) && rest.substr(1).starts_with(mark);
  }

  // The next "{{", "{%" or "{#".
  std::size_t findTag() const {
    for (std::size_t i = text_.find('{', position_); i != kNone; i = text_.find('{', i + 1)) {
      const char next = i + 1 < text_.size() ? text_[i + 1] : '\0';
      if (next == '{' || next == '%' || next == '#') return i;
    }
    return kNone;
  }

  void readTextAndTag() {
    const std::size_t tag = findTag();
    if (tag == kNone) {
      addText(position_, text_.size());
      position_ = text_.size();
      return;
    }
    addTextBefore(tag, text_[tag + 1] != '{');
    position_ = tag + 2;
    takeSign();
    if (text_[tag + 1] == '#') {
      skipComment(tag);
    } else if (text_[tag + 1] == '{') {
      readTag(tag, TokenKind::variableBegin, TokenKind::variableEnd, "}}");
    } else if (!readRaw(tag)) {
      readTag(tag, TokenKind::blockBegin, TokenKind::blockEnd, "%}");
    }
  }

  void addText(std::size_t begin, std::size_t end) {
    if (begin < end) tokens_.push_back({TokenKind::text, text_.substr(begin, end - begin), begin});
  }

  // The text before a tag, without what "-" or the trimming of indentation removes at its end.
  void addTextBefore(std::size_t tag, bool trimsIndentation) {
    const char sign = tag + 2 < text_.size() ? text_[tag + 2] : '\0';
    const std::string text = text_.substr(position_, tag - position_);
    std::size_t length = text.size();
    if (sign == '-') {
      length = strip(text, Side::right).size();
    } else if (sign != '+' && trimsIndentation) {
      length = lengthWithoutIndentation(text);
    }
    addText(position_, position_ + length);
  }

  std::size_t lengthWithoutIndentation(const std::string& text) const {
    const std::size_t lineBegin = text.rfind('\n') + 1;  // 0 if there is no line end
    const bool lineStarts = lineBegin > 0 || position_ == 0 || text_[position_ - 1] == '\n';
    const bool blank = strip(text.substr(lineBegin), Side::both).empty();
    return lineStarts && blank ? lineBegin : text.size();
  }

  void takeSign() {
    if (at("-") || at("+")) ++position_;
  }

  void skipWhiteSpace() {
    while (position_ < text_.size()) {
      const std::size_t length = whiteSpaceAt(text_, position_);
      if (length == 0) return;
      position_ += length;
    }
  }

  // True if the closing mark of a tag was there, with its sign; consumes the white space that
  // belongs to it.
  bool takeEnd(std::string_view mark, bool trimsLineEnd) {
    const bool minus = at('-', mark);
    const bool plus = trimsLineEnd && at('+', mark);
    if (!minus && !plus && !at(mark)) return false;
    position_ += mark.size() + (minus || plus ? 1 : 0);
    if (minus) {
      skipWhiteSpace();
    } else if (!plus && trimsLineEnd && at("\n")) {
      ++position_;
    }
    return true;
  }

  void skipComment(std::size_t tag) {
    const std::size_t end = text_.find("#}", position_);
    if (end == kNone) source_.fail(tag, "this comment is not closed");
    const bool sign = end > position_ && (text_[end - 1] == '-' || text_[end - 1] == '+');
    position_ = end - (sign ? 1 : 0);
    takeEnd("#}", true);
  }

  bool takeWord(std::string_view word) {
    skipWhiteSpace();
    if (!at(word)) return false;
    position_ += word.size();
    skipWhiteSpace();
    return true;
  }

  // "{% raw %}...{% endraw %}": what is between is text.
  bool readRaw(std::size_t tag) {
    const std::size_t start = position_;
    if (!takeWord("raw") || !takeEnd("%}", false)) {
      position_ = start;
      return false;
    }
    const std::size_t textBegin = position_;
    for (std::size_t end = text_.find("{%", textBegin); end != kNone;
         end = text_.find("{%", end + 1)) {
      position_ = end + 2;
      takeSign();
      if (!takeWord("endraw") || !takeEnd("%}", true)) continue;
      const std::size_t after = std::exchange(position_, textBegin);
      addTextBefore(end, true);
      position_ = after;
      return true;
    }
    source_.fail(tag, "this raw block is not closed");
  }

  void readTag(std::size_t tag, TokenKind begin, TokenKind end, std::string_view mark) {
    tokens_.push_back({begin, std::string(text_.substr(tag, 2)), tag});
    std::string open;  // the brackets not yet closed: "}}" inside of them closes dictionaries
    while (true) {
      skipWhiteSpace();
      const std::size_t place = position_;
      if (place >= text_.size()) source_.fail(tag, "this tag is not closed");
      if (open.empty() && takeEnd(mark, end == TokenKind::blockEnd)) {
        tokens_.push_back({end, std::string(mark), place});
        return;
      }
      tokens_.push_back(readExpressionToken(source_, position_));
      balance(tokens_.back(), open);
    }
  }

  void balance(const Token& token, std::string& open) const {
    if (token.kind != TokenKind::punctuation) return;
    const char c = token.text[0];
    if (isOpening(c)) open += c;
    if (!isClosing(c)) return;
    const char expected = c == ')' ? '(' : c == ']' ? '[' : '{';
    if (open.empty() || open.back() != expected) {
      source_.fail(token.at, "this bracket does not close an open one");
    }
    open.pop_back();
  }

  const Source& source_;
  const std::string& text_;
  std::size_t position_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(const Source& source) { return Lexer(source).run(); }

}  // namespace canvass::jinja
