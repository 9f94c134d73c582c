#include "tokenizer/oniguruma.h"

#include <fmt/format.h>

#include <cctype>

#include "base/error.h"

namespace canvass {
namespace {

// Letters that mean the same after a backslash in both dialects.
constexpr std::string_view kSharedEscapes = "pPdDrntfaex";

class Translator {
 public:
  Translator(std::string_view source, const std::string& where) : source_(source), where_(where) {}

  std::string translate() {
    while (position_ < source_.size()) step();
    return std::move(result_);
  }

 private:
  [[noreturn]] void refuse(std::string_view what) const {
    throw Error(
        fmt::format("the regular expression {} uses {}, which is not supported", source_, what),
        where_);
  }

  char next(std::size_t ahead = 1) const {
    return position_ + ahead < source_.size() ? source_[position_ + ahead] : '\0';
  }

  void step() {
    const char c = source_[position_];
    if (c == '\\') return escape();
    if (inClass_) {
      insideClass(c);
    } else {
      outsideClass(c);
    }
  }

  void insideClass(char c) {
    if (c == '[') refuse("a class inside a class");
    if (c == '&' && next() == '&') refuse("an intersection of classes");
    if (c == ']') inClass_ = false;
    copy();
  }

  void outsideClass(char c) {
    if (c == '^' || c == '$') refuse("an anchor");
    if (c == '}' && next() == '+') refuse("\"}+\"");
    if (c != '[') return copy();
    inClass_ = true;
    copy(next() == '^' ? 2 : 1);
    if (position_ < source_.size() && source_[position_] == ']') refuse("an empty class");
  }

  void copy(std::size_t count = 1) {
    result_ += source_.substr(position_, count);
    position_ += count;
  }

  void replace(const std::string& replacement) {
    result_ += replacement;
    position_ += 2;
  }

  void escape() {
    const char letter = next();
    const std::string word = "\\p{L}\\p{M}\\p{Nd}\\p{Pc}";
    if (letter == 's') return replace("\\p{White_Space}");
    if (letter == 'S') return replace("\\P{White_Space}");
    if (letter == 'w') return replace(inClass_ ? word : "[" + word + "]");
    if (letter == '\0') refuse("a backslash at its end");
    const bool special = std::isalnum(static_cast<unsigned char>(letter)) != 0;
    if (special && kSharedEscapes.find(letter) == std::string_view::npos) {
      refuse(fmt::format("\"\\{}\"", letter));
    }
    copy(escapeLength());
  }

  // Two characters, and the braces of \p{L} and \x{41}.
  std::size_t escapeLength() const {
    if (next(2) != '{' || std::string_view("pPx").find(next()) == std::string_view::npos) return 2;
    const std::size_t close = source_.find('}', position_);
    return close == std::string_view::npos ? 2 : close + 1 - position_;
  }

  std::string_view source_;
  const std::string& where_;
  std::string result_;
  std::size_t position_ = 0;
  bool inClass_ = false;
};

}  // namespace

std::string onigurumaToPcre2(std::string_view source, const std::string& where) {
  return Translator(source, where).translate();
}

}  // namespace canvass
