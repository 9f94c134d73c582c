#include <utf8proc.h>

#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "jinja/budget.h"
#include "jinja/python_string.h"
#include "jinja/source.h"

// Upper and lower case as in Python. Capitals of letters that have several are rejected: no chat
// template needs them, and a wrong letter would go unnoticed.
namespace canvass::jinja {
namespace {

std::vector<char32_t> lettersOf(const std::string& text) {
  spendOnCharacters(2 * text.size());  // each is looked up in Unicode's tables
  return decodeUtf8(text);
}

bool between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

void refuse(char32_t c) {
  std::string letter;
  appendUtf8(letter, c);
  throw Failure{"the letter " + letter +
                " has no simple other case, which canvass would need here"};
}

bool hasSpecialUpperCase(char32_t c) {
  return c == 0xDF || c == 0x149 || c == 0x1F0 || c == 0x345 || c == 0x390 || c == 0x3B0 ||
         c == 0x587 || between(c, 0x1E96, 0x1E9A) || between(c, 0x1F50, 0x1F57) ||
         between(c, 0x1F80, 0x1FFF) || between(c, 0xFB00, 0xFB17);
}

bool isDigraph(char32_t c) { return between(c, 0x1C4, 0x1CC) || between(c, 0x1F1, 0x1F3); }

char32_t upper(char32_t c) {
  if (hasSpecialUpperCase(c)) refuse(c);
  return static_cast<char32_t>(utf8proc_toupper(static_cast<utf8proc_int32_t>(c)));
}

constexpr char32_t capitalSigma = 0x3A3;

void appendLower(std::string& result, char32_t c) {
  appendUtf8(result, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
  if (c == 0x130) appendUtf8(result, 0x307);  // the dotted capital I keeps its dot
}

char32_t title(char32_t c) {
  if (hasSpecialUpperCase(c)) refuse(c);
  return static_cast<char32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(c)));
}

enum class LetterCase { none, lower, upper, title };

LetterCase caseOf(char32_t c) {
  const auto codePoint = static_cast<utf8proc_int32_t>(c);
  if (utf8proc_category(codePoint) == UTF8PROC_CATEGORY_LT) return LetterCase::title;
  if (utf8proc_isupper(codePoint)) return LetterCase::upper;
  return utf8proc_islower(codePoint) ? LetterCase::lower : LetterCase::none;
}

// Unicode's property Cased: also letters without another case, and numbers made of letters.
bool isCased(char32_t c) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LL ||
         caseOf(c) != LetterCase::none || c == 0xAA || c == 0xBA || between(c, 0x1F130, 0x1F149) ||
         between(c, 0x1F150, 0x1F169) || between(c, 0x1F170, 0x1F189);
}

// Apostrophes, stops and colons.
constexpr std::u32string_view insideWords =
    U"'.:\u00B7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A";

// Unicode's property Case_Ignorable: marks, and what may be inside a word.
bool isCaseIgnorable(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return insideWords.find(c) != std::u32string_view::npos;
  }
}

// Whether a capital sigma at `at` ends a word.
bool isFinal(const std::vector<char32_t>& text, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && isCaseIgnorable(text[before - 1])) --before;
  if (before == 0 || !isCased(text[before - 1])) return false;
  std::size_t after = at + 1;
  while (after < text.size() && isCaseIgnorable(text[after])) ++after;
  return after == text.size() || !isCased(text[after]);
}

// The letter at `at` of the text, whose neighbors may matter.
void appendLowerAt(std::string& result, const std::vector<char32_t>& text, std::size_t at) {
  if (text[at] == capitalSigma) return appendUtf8(result, isFinal(text, at) ? U'ς' : U'σ');
  appendLower(result, text[at]);
}

bool isWhollyOf(LetterCase wanted, const std::string& text) {
  bool found = false;
  for (const char32_t c : lettersOf(text)) {
    const LetterCase letterCase = caseOf(c);
    if (letterCase != wanted && letterCase != LetterCase::none) return false;
    found = found || letterCase == wanted;
  }
  return found;
}

bool opensWord(char32_t c) {
  return isWhiteSpace(c) || c == '-' || c == '(' || c == '{' || c == '[' || c == '<';
}

}  // namespace

std::string upperCase(const std::string& text) {
  std::string result;
  for (const char32_t c : lettersOf(text)) appendUtf8(result, upper(c));
  return result;
}

std::string lowerCase(const std::string& text) {
  std::string result;
  const auto letters = lettersOf(text);
  for (std::size_t i = 0; i < letters.size(); ++i) appendLowerAt(result, letters, i);
  return result;
}

std::string capitalized(const std::string& text) {
  std::string result;
  const auto letters = lettersOf(text);
  if (!letters.empty()) appendUtf8(result, title(letters[0]));
  for (std::size_t i = 1; i < letters.size(); ++i) appendLowerAt(result, letters, i);
  return result;
}

std::string titleCase(const std::string& text) {
  std::string result;
  const auto letters = lettersOf(text);
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (i > 0 && caseOf(letters[i - 1]) != LetterCase::none) {
      appendLowerAt(result, letters, i);
    } else {
      appendUtf8(result, title(letters[i]));
    }
  }
  return result;
}

bool isLowerCase(const std::string& text) { return isWhollyOf(LetterCase::lower, text); }
bool isUpperCase(const std::string& text) { return isWhollyOf(LetterCase::upper, text); }

std::string titleCaseOfWords(const std::string& text) {
  std::string result;
  bool atBegin = true;
  for (const char32_t c : lettersOf(text)) {
    // Of a word without its first letter, which a sigma's neighbors would have to be looked for in.
    if (atBegin ? isDigraph(c) : c == capitalSigma) refuse(c);
    if (atBegin) {
      appendUtf8(result, upper(c));
    } else {
      appendLower(result, c);
    }
    atBegin = opensWord(c);
  }
  return result;
}

}  // namespace canvass::jinja
