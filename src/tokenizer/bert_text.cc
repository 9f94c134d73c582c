#include "tokenizer/bert_text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <utility>

#include "base/error.h"
#include "base/utf8.h"
#include "tokenizer/limits.h"

namespace canvass {
namespace {

bool isAsciiSpace(char32_t c) { return c == U'\t' || c == U'\n' || c == U'\r' || c == U' '; }

utf8proc_category_t categoryOf(char32_t c) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

// Unicode's White_Space.
bool isSpace(char32_t c) {
  const utf8proc_category_t category = categoryOf(c);
  return (c >= U'\t' && c <= U'\r') || c == U'\x85' || category == UTF8PROC_CATEGORY_ZS ||
         category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

// Unassigned code points are kept.
bool isControl(char32_t c) {
  if (isAsciiSpace(c)) return false;
  switch (categoryOf(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
      return true;
    default:
      return false;
  }
}

bool isIdeograph(char32_t c) {
  constexpr std::array<std::pair<char32_t, char32_t>, 8> blocks = {{{0x4E00, 0x9FFF},
                                                                    {0x3400, 0x4DBF},
                                                                    {0x20000, 0x2A6DF},
                                                                    {0x2A700, 0x2B73F},
                                                                    {0x2B740, 0x2B81F},
                                                                    {0x2B920, 0x2CEAF},
                                                                    {0xF900, 0xFAFF},
                                                                    {0x2F800, 0x2FA1F}}};
  return std::ranges::any_of(
      blocks, [&](const auto& block) { return c >= block.first && c <= block.second; });
}

bool isPunctuation(char32_t c) {
  if (c < 0x80) return (c > 0x20 && c < 0x7F) && !std::isalnum(static_cast<int>(c));
  switch (categoryOf(c)) {
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
      return true;
    default:
      return false;
  }
}

std::vector<char32_t> cleaned(const std::vector<char32_t>& text) {
  std::vector<char32_t> result;
  for (const char32_t c : text) {
    if (c == 0 || c == U'\uFFFD' || isControl(c)) continue;
    result.push_back(isSpace(c) ? U' ' : c);
  }
  return result;
}

std::vector<char32_t> withIdeographsApart(const std::vector<char32_t>& text) {
  std::vector<char32_t> result;
  for (const char32_t c : text) {
    if (isIdeograph(c)) {
      result.insert(result.end(), {U' ', c, U' '});
    } else {
      result.push_back(c);
    }
  }
  return result;
}

std::string toUtf8(const std::vector<char32_t>& text) {
  std::string result;
  for (const char32_t c : text) appendUtf8(result, c);
  return result;
}

std::vector<char32_t> withoutAccents(const std::vector<char32_t>& text) {
  const std::string bytes = toUtf8(text);
  requireFewMarks(bytes);
  utf8proc_uint8_t* decomposed = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()),
                   static_cast<utf8proc_ssize_t>(bytes.size()), &decomposed,
                   static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_STABLE));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(decomposed, &std::free);
  if (length < 0) throw Error(std::string("cannot normalize: ") + utf8proc_errmsg(length));
  std::vector<char32_t> result =
      decodeUtf8({reinterpret_cast<const char*>(decomposed), static_cast<std::size_t>(length)});
  std::erase_if(result, [](char32_t c) { return categoryOf(c) == UTF8PROC_CATEGORY_MN; });
  return result;
}

std::vector<char32_t> lowercased(const std::vector<char32_t>& text) {
  std::vector<char32_t> result;
  for (const char32_t c : text) {
    if (c == U'\u0130') {  // the only letter whose lower case is two characters
      result.insert(result.end(), {U'i', U'\u0307'});
    } else {
      result.push_back(static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
    }
  }
  return result;
}

}  // namespace

std::string normalizeForBert(std::string_view text, const BertNormalization& how) {
  std::vector<char32_t> characters = decodeUtf8(text);
  if (how.cleans) characters = cleaned(characters);
  if (how.isolatesIdeographs) characters = withIdeographsApart(characters);
  if (how.stripsAccents) characters = withoutAccents(characters);
  if (how.lowercases) characters = lowercased(characters);
  return toUtf8(characters);
}

std::vector<TextRange> bertWords(std::string_view text) {
  std::vector<TextRange> words;
  bool inWord = false;
  std::size_t place = 0;
  for (const char32_t c : decodeUtf8(text)) {
    std::string bytes;
    appendUtf8(bytes, c);
    const std::size_t end = place + bytes.size();
    if (isSpace(c)) {
      inWord = false;
    } else if (isPunctuation(c)) {
      words.push_back({place, end});
      inWord = false;
    } else if (inWord) {
      words.back().end = end;
    } else {
      words.push_back({place, end});
      inWord = true;
    }
    place = end;
  }
  return words;
}

}  // namespace canvass
