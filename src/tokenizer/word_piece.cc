#include "tokenizer/word_piece.h"

#include <algorithm>
#include <utility>

namespace canvass {
namespace {

bool opensCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

}  // namespace

WordPieceModel::WordPieceModel(Vocabulary vocabulary, Settings settings, const std::string& where)
    : vocabulary_(std::move(vocabulary)),
      settings_(std::move(settings)),
      unknownId_(vocabulary_.require(settings_.unknownToken, where)),
      longestToken_(vocabulary_.longestText()) {}

void WordPieceModel::tokenize(std::string_view piece, std::vector<TokenId>& ids) const {
  const auto characters = static_cast<std::size_t>(std::ranges::count_if(piece, opensCharacter));
  const std::size_t before = ids.size();
  if (characters <= settings_.longestWord && cut(piece, ids)) return;
  ids.resize(before);
  ids.push_back(unknownId_);
}

// False if a part of the word begins with no token; what was found up to that point stays in
// `ids`.
bool WordPieceModel::cut(std::string_view word, std::vector<TokenId>& ids) const {
  for (std::size_t begin = 0; begin < word.size();) {
    std::string candidate = begin == 0 ? std::string() : settings_.continuingPrefix;
    const std::size_t prefix = candidate.size();
    std::size_t end = std::min(word.size(), begin + longestToken_);
    while (end < word.size() && !opensCharacter(word[end])) --end;
    if (end <= begin) return false;
    candidate += word.substr(begin, end - begin);
    auto id = vocabulary_.idOf(candidate);
    while (!id && candidate.size() > prefix) {
      while (!opensCharacter(candidate.back())) candidate.pop_back();
      candidate.pop_back();
      if (candidate.size() > prefix) id = vocabulary_.idOf(candidate);
    }
    if (!id) return false;
    ids.push_back(*id);
    begin += candidate.size() - prefix;
  }
  return true;
}

}  // namespace canvass
