#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tokenizer/tokenizer.h"

namespace canvass {

// Lets a map with string keys be searched by a view, without a copy.
struct StringViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>{}(text);
  }
};

// Token texts and their ids, both ways. Ids may have holes.
class Vocabulary {
 public:
  Vocabulary() = default;
  Vocabulary(Vocabulary&&) = default;
  Vocabulary& operator=(Vocabulary&&) = default;

  // Throws Error at `where` if the token or the id is taken by another, or the id is negative or
  // absurdly large.
  void add(std::string_view token, TokenId id, const std::string& where);

  std::optional<TokenId> idOf(std::string_view token) const;
  // The id of a token that the file relies on; throws Error at `where` if it is missing.
  TokenId require(std::string_view token, const std::string& where) const;
  // Null if no token has this id.
  const std::string* textOf(TokenId id) const;
  // The bytes of the longest token.
  std::size_t longestText() const;
  // One more than the highest id.
  std::size_t size() const { return texts_.size(); }

 private:
  std::unordered_map<std::string, TokenId, StringViewHash, std::equal_to<>> ids_;
  std::vector<const std::string*> texts_;  // keys of ids_, whose addresses are stable
};

}  // namespace canvass
