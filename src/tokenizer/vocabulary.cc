#include "tokenizer/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace canvass {
namespace {

// Far above any real vocabulary (about 260,000): a larger id means a damaged file, and the table
// of texts would not fit in memory.
constexpr TokenId kIdLimit = 1 << 24;

}  // namespace

void Vocabulary::add(std::string_view token, TokenId id, const std::string& where) {
  if (id < 0 || id >= kIdLimit) {
    throw Error(fmt::format("the id {} of token \"{}\" is out of range", id, token), where);
  }
  const auto [entry, inserted] = ids_.emplace(token, id);
  if (!inserted && entry->second == id) return;
  if (!inserted) throw Error(fmt::format("the token \"{}\" appears twice", token), where);
  const auto index = static_cast<std::size_t>(id);
  if (texts_.size() <= index) texts_.resize(index + 1, nullptr);
  if (texts_[index] != nullptr) {
    throw Error(
        fmt::format("the tokens \"{}\" and \"{}\" have the same id {}", *texts_[index], token, id),
        where);
  }
  texts_[index] = &entry->first;
}

std::optional<TokenId> Vocabulary::idOf(std::string_view token) const {
  const auto found = ids_.find(token);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

TokenId Vocabulary::require(std::string_view token, const std::string& where) const {
  const auto id = idOf(token);
  if (!id) throw Error(fmt::format("the token \"{}\" is not in the vocabulary", token), where);
  return *id;
}

std::size_t Vocabulary::longestText() const {
  std::size_t longest = 0;
  for (const auto& [text, id] : ids_) longest = std::max(longest, text.size());
  return longest;
}

const std::string* Vocabulary::textOf(TokenId id) const {
  if (id < 0 || static_cast<std::size_t>(id) >= texts_.size()) return nullptr;
  return texts_[static_cast<std::size_t>(id)];
}

}  // namespace canvass
