#include "tokenizer/added_tokens.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>

#include "base/error.h"
#include "tokenizer/component.h"
#include "tokenizer/limits.h"

namespace canvass {
namespace {

unsigned char byteAt(std::string_view text, std::size_t position) {
  return static_cast<unsigned char>(text[position]);
}

// The code point that begins at, or ends at, a position in well-formed UTF-8, with its extent.
struct CodePoint {
  utf8proc_int32_t value = 0;
  std::size_t length = 0;
};

CodePoint codePointFrom(std::string_view text, std::size_t position) {
  CodePoint result;
  result.length = static_cast<std::size_t>(
      utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + position,
                       static_cast<utf8proc_ssize_t>(text.size() - position), &result.value));
  return result;
}

CodePoint codePointBefore(std::string_view text, std::size_t position) {
  std::size_t begin = position - 1;
  while (begin > 0 && (byteAt(text, begin) & 0xC0) == 0x80) --begin;
  return codePointFrom(text, begin);
}

// Unicode's White_Space.
bool isSpace(utf8proc_int32_t c) {
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return true;
    default:
      return (c >= 0x09 && c <= 0x0D) || c == 0x85;
  }
}

// A word character of Unicode's regular expressions (UTS 18): letter, mark, decimal digit or letter
// number, connector, and the two joiners.
bool isWord(utf8proc_int32_t c) {
  const auto category = utf8proc_category(c);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NL) ||
         category == UTF8PROC_CATEGORY_PC || c == 0x200C || c == 0x200D;
}

bool insideWord(std::string_view text, const TextRange& range) {
  const bool before = range.begin > 0 && isWord(codePointBefore(text, range.begin).value);
  const bool after = range.end < text.size() && isWord(codePointFrom(text, range.end).value);
  return before || after;
}

std::size_t skipSpaceBefore(std::string_view text, std::size_t position, std::size_t floor) {
  while (position > floor) {
    const CodePoint before = codePointBefore(text, position);
    if (!isSpace(before.value)) break;
    position -= before.length;
  }
  return position;
}

std::size_t skipSpaceAfter(std::string_view text, std::size_t position) {
  while (position < text.size()) {
    const CodePoint next = codePointFrom(text, position);
    if (!isSpace(next.value)) break;
    position += next.length;
  }
  return position;
}

bool isLiteral(const TextRange& range, const SpecialTokenRule& rule) {
  return std::any_of(rule.literal.begin(), rule.literal.end(),
                     [&](const TextRange& literal) { return literal.overlaps(range); });
}

}  // namespace

AddedToken AddedToken::fromJson(const Json& token, TokenId id, const std::string& where) {
  refuseUnknownSettings(
      token,
      {"__type", "id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"},
      where);
  AddedToken result;
  result.text = requireKey<std::string>(token, "content", where);
  if (result.text.empty()) throw Error("an added token is empty", where);
  if (result.text.size() > kMaxAddedTokenBytes) {
    throw Error(fmt::format("an added token is longer than {} bytes", kMaxAddedTokenBytes), where);
  }
  result.id = id;
  result.singleWord = requireKey<bool>(token, "single_word", where);
  result.leftStrip = requireKey<bool>(token, "lstrip", where);
  result.rightStrip = requireKey<bool>(token, "rstrip", where);
  result.normalized = requireKey<bool>(token, "normalized", where);
  result.special = requireKey<bool>(token, "special", where);
  return result;
}

SpecialTokenRule SpecialTokenRule::within(const TextRange& part) const {
  SpecialTokenRule result{parse, {}};
  for (const TextRange& range : literal) {
    if (!range.overlaps(part)) continue;
    result.literal.push_back({std::max(range.begin, part.begin) - part.begin,
                              std::min(range.end, part.end) - part.begin});
  }
  return result;
}

AddedTokens::AddedTokens(std::vector<AddedToken> tokens) : tokens_(std::move(tokens)) {
  std::erase_if(tokens_, [](const AddedToken& token) { return token.text.empty(); });
  std::stable_sort(tokens_.begin(), tokens_.end(),
                   [](const AddedToken& a, const AddedToken& b) { return a.text < b.text; });
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    Candidates& candidates = byFirstByte_[byteAt(tokens_[i].text, 0)];
    if (candidates.begin == candidates.end) candidates.begin = i;
    candidates.end = i + 1;
  }
}

// Those of the candidates, which agree before byte `at`, that have this byte there.
AddedTokens::Candidates AddedTokens::withByte(const Candidates& candidates, std::size_t at,
                                              unsigned char byte) const {
  const auto index = [&](std::size_t i) {
    return tokens_.begin() + static_cast<std::ptrdiff_t>(i);
  };
  const auto below = [at](const AddedToken& token, unsigned char wanted) {
    return byteAt(token.text, at) < wanted;
  };
  const auto above = [at](unsigned char wanted, const AddedToken& token) {
    return wanted < byteAt(token.text, at);
  };
  const auto begin = std::lower_bound(index(candidates.begin), index(candidates.end), byte, below);
  const auto end = std::upper_bound(begin, index(candidates.end), byte, above);
  return {static_cast<std::size_t>(begin - tokens_.begin()),
          static_cast<std::size_t>(end - tokens_.begin())};
}

// Narrows the sorted tokens byte by byte: however many there are, a place of the text costs no
// more than its longest match.
const AddedToken* AddedTokens::longestAt(std::string_view text, std::size_t position) const {
  const AddedToken* longest = nullptr;
  Candidates candidates = byFirstByte_[byteAt(text, position)];
  for (std::size_t length = 1; candidates.begin < candidates.end; ++length) {
    // The first is the shortest; of equal ones the first counts.
    if (tokens_[candidates.begin].text.size() == length) longest = &tokens_[candidates.begin];
    while (candidates.begin < candidates.end && tokens_[candidates.begin].text.size() == length) {
      ++candidates.begin;
    }
    if (position + length >= text.size()) break;
    candidates = withByte(candidates, length, byteAt(text, position + length));
  }
  return longest;
}

std::vector<Segment> AddedTokens::split(std::string_view text, const SpecialTokenRule& rule) const {
  std::vector<Segment> segments;
  std::size_t done = 0;  // the text before this is already in segments
  for (std::size_t position = 0; position < text.size();) {
    const AddedToken* token = longestAt(text, position);
    if (token == nullptr) {
      ++position;
      continue;
    }
    TextRange range{position, position + token->text.size()};
    position = range.end;
    if (token->special && !rule.parse) continue;
    if (token->special && isLiteral(range, rule)) {
      // Only the user's text is skipped: a real special token may begin inside the match.
      position = range.begin + 1;
      continue;
    }
    if (token->singleWord && insideWord(text, range)) continue;
    if (token->leftStrip) range.begin = skipSpaceBefore(text, range.begin, done);
    if (token->rightStrip) range.end = skipSpaceAfter(text, range.end);
    if (done < range.begin) segments.push_back({{done, range.begin}, std::nullopt});
    segments.push_back({range, token->id});
    done = position = range.end;
  }
  if (done < text.size()) segments.push_back({{done, text.size()}, std::nullopt});
  return segments;
}

}  // namespace canvass
