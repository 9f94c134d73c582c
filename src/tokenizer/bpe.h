#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tokenizer/token_model.h"

namespace canvass {

// Byte-pair encoding (Sennrich et al. 2016): a piece begins as its characters, and of the neighbors
// that may merge the pair with the lowest rank merges first, the leftmost in case of ties. Time n
// log n for a piece of n characters.
class BpeModel : public TokenModel {
 public:
  struct Settings {
    std::optional<std::string> unknownToken;  // stands for a character without a token
    bool fuseUnknown = false;                 // one unknown token for a run of such characters
    bool byteFallback = false;                // write such a character as <0xNN> tokens
    bool ignoreMerges = false;                // a piece that is a token is that token
  };
  // Throws Error at `where` if the settings or a merge name a token that does not exist.
  BpeModel(Vocabulary vocabulary, const Merges& merges, const Settings& settings,
           const std::string& where);

  void tokenize(std::string_view piece, std::vector<TokenId>& ids) const override;
  const Vocabulary& vocabulary() const override { return vocabulary_; }

 private:
  struct Merge {
    std::uint32_t rank;
    TokenId result;
  };
  friend class MergeQueue;

  const Merge* mergeOf(TokenId left, TokenId right) const;
  std::vector<TokenId> characters(std::string_view piece) const;
  bool appendBytes(std::string_view character, std::vector<TokenId>& ids) const;
  void addMerges(const Merges& merges, const std::string& where);

  Vocabulary vocabulary_;
  Settings settings_;
  std::optional<TokenId> unknownId_;
  std::vector<std::optional<TokenId>> byteIds_;  // of <0x00> ... <0xFF>
  std::unordered_map<std::uint64_t, Merge> merges_;
};

}  // namespace canvass
