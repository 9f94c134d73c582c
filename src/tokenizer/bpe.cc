#include "tokenizer/bpe.h"

#include <fmt/format.h>

#include <algorithm>
#include <queue>

#include "base/error.h"

namespace canvass {
namespace {

std::uint64_t pairKey(TokenId left, TokenId right) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32 |
         static_cast<std::uint32_t>(right);
}

// The length of the character that begins with this byte of well-formed UTF-8.
std::size_t characterLength(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

}  // namespace

// The symbols of one piece as a linked list, with the merges that are possible in it ordered by
// rank. Merging leaves candidates behind whose symbols are gone: they are recognized when they come
// up, which is cheaper than finding them in the queue.
class MergeQueue {
 public:
  MergeQueue(const BpeModel& model, const std::vector<TokenId>& ids) : model_(model) {
    symbols_.reserve(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) {
      symbols_.push_back({ids[i], i == 0 ? kNone : i - 1, i + 1 < ids.size() ? i + 1 : kNone});
    }
    for (std::size_t i = 0; i < ids.size(); ++i) offer(i);
  }

  void mergeAll() {
    while (!candidates_.empty()) {
      const Candidate candidate = candidates_.top();
      candidates_.pop();
      if (stillThere(candidate)) merge(candidate);
    }
  }

  void appendTo(std::vector<TokenId>& ids) const {
    for (std::size_t i = symbols_.empty() ? kNone : 0; i != kNone; i = symbols_[i].next) {
      ids.push_back(symbols_[i].id);
    }
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  struct Symbol {
    TokenId id;
    std::size_t previous, next;
    bool merged = false;  // into the symbol before it
  };
  struct Candidate {
    std::uint32_t rank;
    std::size_t left;
    TokenId result;
    bool operator>(const Candidate& other) const {
      return rank != other.rank ? rank > other.rank : left > other.left;
    }
  };

  void offer(std::size_t left) {
    if (left == kNone || symbols_[left].next == kNone) return;
    const auto* merge = model_.mergeOf(symbols_[left].id, symbols_[symbols_[left].next].id);
    if (merge != nullptr) candidates_.push({merge->rank, left, merge->result});
  }

  bool stillThere(const Candidate& candidate) const {
    const Symbol& left = symbols_[candidate.left];
    if (left.merged || left.next == kNone) return false;
    const auto* merge = model_.mergeOf(left.id, symbols_[left.next].id);
    return merge != nullptr && merge->result == candidate.result;
  }

  void merge(const Candidate& candidate) {
    Symbol& left = symbols_[candidate.left];
    Symbol& right = symbols_[left.next];
    left.id = candidate.result;
    left.next = right.next;
    right.merged = true;
    if (left.next != kNone) symbols_[left.next].previous = candidate.left;
    offer(left.previous);
    offer(candidate.left);
  }

  const BpeModel& model_;
  std::vector<Symbol> symbols_;
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates_;
};

BpeModel::BpeModel(Vocabulary vocabulary, const Merges& merges, const Settings& settings,
                   const std::string& where)
    : vocabulary_(std::move(vocabulary)), settings_(settings) {
  if (settings_.unknownToken) unknownId_ = vocabulary_.require(*settings_.unknownToken, where);
  for (int byte = 0; byte < 256; ++byte) {
    byteIds_.push_back(vocabulary_.idOf(fmt::format("<0x{:02X}>", byte)));
  }
  addMerges(merges, where);
}

// A pair that appears twice keeps its later rank, as in the reference implementation.
void BpeModel::addMerges(const Merges& merges, const std::string& where) {
  merges_.reserve(merges.size());
  for (std::size_t rank = 0; rank < merges.size(); ++rank) {
    const auto& [left, right] = merges[rank];
    const std::string place = fmt::format("{}, merge {}", where, rank + 1);
    const auto key = pairKey(vocabulary_.require(left, place), vocabulary_.require(right, place));
    merges_.insert_or_assign(
        key, Merge{static_cast<std::uint32_t>(rank), vocabulary_.require(left + right, place)});
  }
}

const BpeModel::Merge* BpeModel::mergeOf(TokenId left, TokenId right) const {
  const auto found = merges_.find(pairKey(left, right));
  return found == merges_.end() ? nullptr : &found->second;
}

void BpeModel::tokenize(std::string_view piece, std::vector<TokenId>& ids) const {
  if (settings_.ignoreMerges) {
    if (const auto whole = vocabulary_.idOf(piece)) return ids.push_back(*whole);
  }
  MergeQueue queue(*this, characters(piece));
  queue.mergeAll();
  queue.appendTo(ids);
}

std::vector<TokenId> BpeModel::characters(std::string_view piece) const {
  std::vector<TokenId> ids;
  bool afterUnknown = false;
  for (std::size_t at = 0; at < piece.size(); at += characterLength(piece[at])) {
    const std::string_view character = piece.substr(at, characterLength(piece[at]));
    const auto id = vocabulary_.idOf(character);
    const bool unknown = !id && !(settings_.byteFallback && appendBytes(character, ids));
    if (id) ids.push_back(*id);
    if (unknown && !unknownId_) {
      throw Error(fmt::format("the tokenizer has no token for the character \"{}\"", character));
    }
    if (unknown && !(settings_.fuseUnknown && afterUnknown)) ids.push_back(*unknownId_);
    afterUnknown = unknown;
  }
  return ids;
}

bool BpeModel::appendBytes(std::string_view character, std::vector<TokenId>& ids) const {
  const auto idOfByte = [this](char byte) { return byteIds_[static_cast<unsigned char>(byte)]; };
  if (!std::all_of(character.begin(), character.end(), idOfByte)) return false;
  for (const char byte : character) ids.push_back(*idOfByte(byte));
  return true;
}

}  // namespace canvass
