#include "microdata/draft/label_words.h"

#include <utf8proc.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>

#include "base/utf8.h"

namespace canvass {
namespace {

struct FreeBytes {
  void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

// Lower case without accents, in compatibility forms; empty if it is not UTF-8.
std::string foldedLabel(std::string_view label) {
  // Decomposed, the acute accent that is typed for an apostrophe would hold a blank.
  std::string text(label);
  for (std::size_t at = text.find("\u00B4"); at != std::string::npos; at = text.find("\u00B4")) {
    text.replace(at, 2, "'");
  }
  constexpr int folding = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
                          UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK;
  utf8proc_uint8_t* bytes = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &bytes, utf8proc_option_t(folding));
  const std::unique_ptr<utf8proc_uint8_t, FreeBytes> owner(bytes);
  if (length < 0) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length)};
}

bool isApostrophe(char32_t c) {
  return c == U'\'' || c == U'\u2019' || c == U'\u2018' || c == U'`' || c == U'\u02BC';
}

// Letters that Unicode does not take apart, and the mark that stretches Arabic words.
char32_t plainLetter(char32_t c) {
  switch (c) {
    case U'\u0131':  // Turkish dotless i
      return U'i';
    case U'\u0142':  // Polish l with a stroke
      return U'l';
    case U'\u00F8':
      return U'o';
    case U'\u0111':
      return U'd';
    case U'\u0649':  // Arabic alef maksura, written for yeh
    case U'\u06CC':
      return U'\u064A';
    default:
      return c;
  }
}

bool isWordCharacter(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool isBlank(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CC;
}

bool isHyphen(char32_t c) { return c == U'-' || c == U'\u2010' || c == U'_'; }

constexpr char32_t tatweel = U'\u0640';

}  // namespace

std::vector<LabelWord> labelWords(std::string_view label) {
  std::vector<LabelWord> words;
  bool inWord = false;
  bool isApart = false;
  const std::vector<char32_t> all = decodeUtf8(foldedLabel(label));
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (isApostrophe(all[i]) || all[i] == tatweel) continue;
    if (isWordCharacter(all[i])) {
      if (!inWord) words.push_back({{}, isApart});
      appendUtf8(words.back().text, plainLetter(all[i]));
      inWord = true;
      isApart = false;
      continue;
    }
    // The hyphen of "non-response" parts nothing, that of "Refused - angry" does.
    const bool joins =
        inWord && isHyphen(all[i]) && i + 1 < all.size() && isWordCharacter(all[i + 1]);
    inWord = false;
    if (!isBlank(all[i]) && !joins) isApart = true;
  }
  return words;
}

std::string joinedWords(const std::vector<LabelWord>& words, std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = first; i < first + count; ++i) {
    if (i > first) text += ' ';
    text += words[i].text;
  }
  return text;
}

std::string joinedWords(std::string_view label) {
  const std::vector<LabelWord> words = labelWords(label);
  return joinedWords(words, 0, words.size());
}

std::string_view withoutNumber(std::string_view label) {
  const auto isMark = [](char c) {
    return std::string_view(" .:;)]}-=\t").find(c) != std::string_view::npos;
  };
  std::size_t at = 0;
  while (at < label.size() && std::string_view(" ([{").find(label[at]) != std::string_view::npos)
    ++at;
  const std::size_t first = at;
  bool hasDigit = false;
  for (; at < label.size() &&
         (std::isalnum(static_cast<unsigned char>(label[at])) != 0 || label[at] == '_');
       ++at) {
    hasDigit = hasDigit || std::isdigit(static_cast<unsigned char>(label[at])) != 0;
  }
  if (!hasDigit || at == first || at == label.size() || !isMark(label[at])) return label;
  while (at < label.size() && isMark(label[at])) ++at;
  return at == label.size() ? label : label.substr(at);
}

}  // namespace canvass
