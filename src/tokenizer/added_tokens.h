#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/range.h"
#include "tokenizer/tokenizer.h"

namespace canvass {

// A token that is searched for in the text itself, before anything is split.
struct AddedToken {
  std::string text;
  TokenId id = 0;
  bool singleWord = false;  // not inside a word
  bool leftStrip = false;   // includes the white space before it
  bool rightStrip = false;  // and after it
  bool normalized = false;  // searched for after the text is normalized
  bool special = false;     // controls the model, such as <s>: not part of the language

  // An element of "added_tokens" or "added_tokens_decoder". Throws Error at `where`.
  static AddedToken fromJson(const Json& token, TokenId id, const std::string& where);
};

// Which special tokens may be read out of a text.
struct SpecialTokenRule {
  bool parse = false;
  std::vector<TextRange> literal;  // never if they overlap one of these

  // The same rule for a part of the text.
  SpecialTokenRule within(const TextRange& part) const;
};

// A segment of a text: an added token, or what lies between two.
struct Segment {
  TextRange range;
  std::optional<TokenId> token;
};

// Finds added tokens in a text: the leftmost first, of those the longest.
class AddedTokens {
 public:
  explicit AddedTokens(std::vector<AddedToken> tokens);
  bool empty() const { return tokens_.empty(); }
  // The text in segments that cover it; those without a token are not empty.
  std::vector<Segment> split(std::string_view text, const SpecialTokenRule& rule) const;

 private:
  // Neighbors in tokens_, as indices.
  struct Candidates {
    std::size_t begin = 0, end = 0;
  };

  const AddedToken* longestAt(std::string_view text, std::size_t position) const;
  Candidates withByte(const Candidates& candidates, std::size_t at, unsigned char byte) const;

  std::vector<AddedToken> tokens_;  // sorted by their texts
  std::array<Candidates, 256> byFirstByte_;
};

}  // namespace canvass
