#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/range.h"

namespace canvass {

// What a tokenizer.json searches for in text: a plain string or a regular expression. Immutable
// and safe to share between threads.
class Pattern {
 public:
  static Pattern literal(std::string text);
  // `source` is in the syntax of Oniguruma, which the reference implementation uses. Throws Error
  // at `where` for syntax that PCRE2 does not have or reads differently.
  static Pattern regex(std::string_view source, const std::string& where);
  // {"String": "..."} or {"Regex": "..."}.
  static Pattern fromJson(const Json& pattern, const std::string& where);

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  // The matches from left to right, none overlapping. Text must be UTF-8.
  std::vector<TextRange> matches(std::string_view text) const;
  // The text with every match replaced by `replacement`, which is plain text.
  std::string replace(std::string_view text, std::string_view replacement) const;

 private:
  struct Compiled;
  Pattern();
  std::vector<TextRange> regexMatches(std::string_view text) const;

  std::string where_;  // for messages
  std::string literal_;
  std::unique_ptr<Compiled> compiled_;  // null for a plain string
};

}  // namespace canvass
